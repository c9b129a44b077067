// Scripts hold no word and no rule: they load the core, run its effects and hand its views to the templates.
import ts from 'typescript';
import { HAN, problem } from './problem.mjs';
import { isComparison, isText, SENTENCE, text } from './texts.mjs';

const { SyntaxKind: Kind } = ts;
/** What turns numbers and instants into words, or reads them from words. */
const FORMATS = new Set(['toFixed', 'toPrecision', 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'toISOString', 'toDateString', 'padStart', 'padEnd', 'getFullYear', 'getMonth', 'getDate', 'getDay', 'getHours', 'getMinutes', 'getSeconds', 'getTime']);
/** What puts texts together, takes them apart, or orders and sums up. */
const TEXTS = new Set(['join', 'concat', 'repeat', 'replace', 'replaceAll', 'split', 'slice', 'substring', 'substr', 'fromCharCode', 'fromCodePoint', 'sort', 'localeCompare', 'reduce', 'reduceRight']);
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
  // Hands nothing back: a walk ends where something is handed back.
  const say = (node, message) => void found.push({ ...problem(file, source, node.getStart(), `${message}: ${node.getText()}`), text: node.getText() });
  const visit = (node) => {
    if (isText(node)) text(node, say);
    else if (ts.isRegularExpressionLiteral(node) && HAN.test(node.text)) say(node, 'a word');
    else if (ts.isBinaryExpression(node) && COMPUTES.has(node.operatorToken.kind)) return say(node, 'computes');
    else if (isComparison(node) && ![node.left, node.right].some(isName)) return say(node, 'compares with more than a name');
    else if (ts.isCaseClause(node) && !isName(node.expression)) say(node.expression, 'compares with more than a name');
    else if ((ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) && STEPS.has(node.operator)) return say(node, 'computes');
    else if (ts.isTemplateExpression(node)) return say(node, [node.head, ...node.templateSpans.map(({ literal }) => literal)].some((part) => SENTENCE.test(part.text) || HAN.test(part.text)) ? 'puts a sentence together' : 'puts texts together');
    else if (ts.isPropertyAccessExpression(node)) member(node, node.name.text, say);
    else if (ts.isBindingElement(node)) member(node, (node.propertyName ?? node.name).text, say);
    else if ((ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) || ts.isComputedPropertyName(node)) return say(node, 'names a member by a text');
    else if (ts.isIdentifier(node) && GLOBALS.has(node.text) && isValue(node)) return say(node.parent, 'computes');
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** What a value may be compared with: one of its names, or nothing. A number is no name, nor is one in quotes. */
function isName(node) {
  if (ts.isStringLiteralLike(node)) return !/^\s*[-+.]?\d/.test(node.text);
  return [Kind.NullKeyword, Kind.TrueKeyword, Kind.FalseKeyword].includes(node.kind) || (ts.isIdentifier(node) && node.text === 'undefined');
}

function member(node, name, say) {
  if (FORMATS.has(name)) say(node, 'formats');
  else if (TEXTS.has(name)) say(node, 'puts texts together, takes them apart or sums up');
  else if (name === 'length') say(node, 'counts');
}

/** A global, not a member or a type of that name. */
const isValue = (node) => !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) && !ts.isTypeReferenceNode(node.parent) && !ts.isPropertyAssignment(node.parent);
