// Scripts hold no word and no rule: they load the core, run its effects and hand its views to the templates.
import ts from 'typescript';
import { HAN, problem } from './problem.mjs';

const { SyntaxKind: Kind } = ts;
/** A capital at a word's start with small letters after it, or two words: what a sentence looks like, and an identifier does not. */
const SENTENCE = /(^|[^A-Za-z0-9])[A-Z][a-z]|\s/;
/** Options of WeChat's functions that members read. */
const READ = new Set(['title', 'content', 'message', 'confirmText', 'cancelText', 'placeholder', 'placeholderText', 'itemList', 'desc', 'label', 'text', 'announcement']);
/** What turns numbers and instants into words, or reads them from words. */
const FORMATS = new Set(['toFixed', 'toPrecision', 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'toISOString', 'toDateString', 'padStart', 'padEnd', 'getFullYear', 'getMonth', 'getDate', 'getDay', 'getHours', 'getMinutes', 'getSeconds', 'getTime']);
const GLOBALS = new Set(['Date', 'Intl', 'Math', 'parseInt', 'parseFloat', 'BigInt']);
const COMPUTES = new Set([
  Kind.PlusToken, Kind.MinusToken, Kind.AsteriskToken, Kind.SlashToken, Kind.PercentToken, Kind.AsteriskAsteriskToken,
  Kind.PlusEqualsToken, Kind.MinusEqualsToken, Kind.AsteriskEqualsToken, Kind.SlashEqualsToken, Kind.PercentEqualsToken,
  Kind.AmpersandToken, Kind.BarToken, Kind.CaretToken, Kind.LessThanLessThanToken, Kind.GreaterThanGreaterThanToken, Kind.GreaterThanGreaterThanGreaterThanToken,
  Kind.LessThanToken, Kind.GreaterThanToken, Kind.LessThanEqualsToken, Kind.GreaterThanEqualsToken,
]);
const STEPS = new Set([Kind.PlusPlusToken, Kind.MinusMinusToken, Kind.MinusToken, Kind.PlusToken, Kind.TildeToken]);

/** `[{file, line, column, message, text}]` of a script; `text` is the source of what was found, by which it can be allowed. */
export function scripts(file, source) {
  const found = [];
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2020, true);
  const say = (node, message) => found.push({ ...problem(file, source, node.getStart(), `${message}: ${node.getText()}`), text: node.getText() });
  const visit = (node) => {
    if (isText(node)) text(node, say);
    else if (ts.isRegularExpressionLiteral(node) && HAN.test(node.text)) say(node, 'a word');
    else if (ts.isBinaryExpression(node) && COMPUTES.has(node.operatorToken.kind)) return say(node, 'computes');
    else if ((ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) && STEPS.has(node.operator)) return say(node, 'computes');
    else if (ts.isTemplateExpression(node) && [node.head, ...node.templateSpans.map(({ literal }) => literal)].some((part) => SENTENCE.test(part.text) || HAN.test(part.text))) say(node, 'puts a sentence together');
    else if (ts.isPropertyAccessExpression(node) && FORMATS.has(node.name.text)) say(node, 'formats');
    else if (ts.isIdentifier(node) && GLOBALS.has(node.text) && isValue(node)) return say(node.parent, 'computes');
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const isText = (node) => (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) && !isType(node) && !isFile(node);
/** Names of types are gone before anything runs. */
const isType = (node) => ts.isLiteralTypeNode(node.parent);
const isFile = (node) => ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent) || ts.isExternalModuleReference(node.parent);
/** A global, not a member or a type of that name. */
const isValue = (node) => !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) && !ts.isTypeReferenceNode(node.parent) && !ts.isPropertyAssignment(node.parent);

function text(node, say) {
  if (HAN.test(node.text)) say(node, 'a word');
  else if (ts.isPropertyAssignment(node.parent) && node.parent.initializer === node && READ.has(node.parent.name.text) && node.text !== '') say(node, 'a text that members read');
  else if (SENTENCE.test(node.text) && !isForProgrammers(node)) say(node, 'looks like words');
}

/** What is thrown or logged is read by programmers. */
function isForProgrammers({ parent }) {
  if (ts.isNewExpression(parent)) return /Error$/.test(parent.expression.getText());
  return ts.isCallExpression(parent) && parent.expression.getText().startsWith('console.');
}
