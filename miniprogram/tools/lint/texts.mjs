// Where a script may have a text: as a name that the core or WeChat knows. A word has no such place, whichever way it takes.
import ts from 'typescript';
import { HAN } from './problem.mjs';

const { SyntaxKind: Kind } = ts;
/** A capital at a word's start with small letters after it, or two words: what a sentence looks like, and an identifier does not. */
export const SENTENCE = /(^|[^A-Za-z0-9])[A-Z][a-z]|\s/;
/** Options whose values are names. */
const NAMED = new Set(['op', 'look', 'method', 'type', 'dataType', 'responseType', 'scanType']);
/** Functions that take names: an effect's answer to the core, and the file and the path of a page. */
const TAKE_NAMES = new Set(['done', 'screen']);
/** Operators that hand one of their sides on. */
const EITHER = new Set([Kind.BarBarToken, Kind.AmpersandAmpersandToken, Kind.QuestionQuestionToken]);
const EQUALITY = new Set([Kind.EqualsEqualsEqualsToken, Kind.ExclamationEqualsEqualsToken, Kind.EqualsEqualsToken, Kind.ExclamationEqualsToken]);

export const isText = (node) => (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) && !isType(node) && !isFile(node);
/** Names of types are gone before anything runs. */
const isType = (node) => ts.isLiteralTypeNode(node.parent);
const isFile = (node) => ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent) || ts.isExternalModuleReference(node.parent);

export const isComparison = (node) => ts.isBinaryExpression(node) && EQUALITY.has(node.operatorToken.kind);

/** Says what is wrong with a text. */
export function text(node, say) {
  if (HAN.test(node.text)) return say(node, 'a word');
  if (isForProgrammers(node) || node.text === '') return undefined;
  if (SENTENCE.test(node.text)) return say(node, 'looks like words');
  const whole = handedOn(node);
  return isName(node) || isNamed(whole) ? undefined : say(whole, 'a text of its own');
}

/** The outermost expression that the text can be the value of, or a part of. */
function handedOn(node) {
  const { parent } = node;
  const isSide = ts.isConditionalExpression(parent) ? parent.condition !== node : ts.isBinaryExpression(parent) && EITHER.has(parent.operatorToken.kind);
  const isWrapped = ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent) || ts.isNonNullExpression(parent) || ts.isArrayLiteralExpression(parent);
  return isSide || isWrapped ? handedOn(parent) : node;
}

/** Something is compared with it, or looked for. */
const isName = ({ parent }) => isComparison(parent) || ts.isCaseClause(parent) || (ts.isBinaryExpression(parent) && parent.operatorToken.kind === Kind.InKeyword);

function isNamed(whole) {
  const { parent } = whole;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === whole && !ts.isComputedPropertyName(parent.name) && NAMED.has(parent.name.text);
  return ts.isCallExpression(parent) && TAKE_NAMES.has(parent.expression.getText());
}

/** What is thrown or logged is read by programmers. */
function isForProgrammers({ parent }) {
  if (ts.isNewExpression(parent)) return /Error$/.test(parent.expression.getText());
  return ts.isCallExpression(parent) && parent.expression.getText().startsWith('console.');
}
