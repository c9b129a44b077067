// What may stand in double braces in a template: names of values, and which of two. Whatever computes or words belongs into the core.
import ts from 'typescript';

const { SyntaxKind: Kind } = ts;
const LITERALS = new Set([Kind.StringLiteral, Kind.NumericLiteral, Kind.NullKeyword, Kind.TrueKeyword, Kind.FalseKeyword]);
/** What a class, an id or an event is called: no word that anybody reads. */
const NAME = /^[a-z0-9_ -]*$/;
/** Keys under which the shared templates take words. */
const WORDED = /^(label|text|title|detail|heading|hint|message|placeholder|sentence|question|name)$/;

/**
 * What is wrong with an expression, as a list of sentences. `place` says where it stands: `seen` (somebody reads or hears it), `data` (of a template) or
 * `other`.
 */
export function check(source, place) {
  // What a template is given is written as the inside of an object, or as one.
  const tree = (place === 'data' && parse(`({${source}})`)) || parse(`(${source})`);
  if (tree === undefined) return [`can't be understood: ${source}`];
  const found = [];
  result(tree, place, found);
  return found;
}

function parse(text) {
  const file = ts.createSourceFile('template.js', text, ts.ScriptTarget.ES2020, true);
  const [statement] = file.statements;
  if (file.parseDiagnostics.length > 0 || file.statements.length !== 1 || !ts.isExpressionStatement(statement)) return undefined;
  return statement.expression;
}

/** An expression whose value is used. */
function result(node, place, found) {
  if (ts.isParenthesizedExpression(node)) result(node.expression, place, found);
  else if (isPath(node, found)) return;
  else if (ts.isConditionalExpression(node)) {
    condition(node.condition, found);
    result(node.whenTrue, place, found);
    result(node.whenFalse, place, found);
  } else if (isEither(node)) {
    result(node.left, place, found);
    result(node.right, place, found);
  } else if (LITERALS.has(node.kind)) literal(node, place, found);
  else if (ts.isObjectLiteralExpression(node)) node.properties.forEach((property) => member(property, place, found));
  else if (ts.isArrayLiteralExpression(node)) node.elements.forEach((element) => result(element, place, found));
  else condition(node, found);
}

/** An expression that is asked whether it holds. */
function condition(node, found) {
  if (ts.isParenthesizedExpression(node)) condition(node.expression, found);
  else if (isPath(node, found)) return;
  else if (ts.isPrefixUnaryExpression(node) && node.operator === Kind.ExclamationToken) condition(node.operand, found);
  else if (isEither(node)) {
    condition(node.left, found);
    condition(node.right, found);
  } else if (ts.isBinaryExpression(node) && [Kind.EqualsEqualsEqualsToken, Kind.ExclamationEqualsEqualsToken].includes(node.operatorToken.kind)) {
    const sides = [node.left, node.right];
    const literal = sides.find(({ kind }) => LITERALS.has(kind));
    // One name may be compared with another: which field has the focus.
    const other = sides.find((side) => side !== literal && side.getText() !== 'focus') ?? literal;
    if (literal === undefined && !sides.some((side) => side.getText() === 'focus')) found.push(`compares with another value: ${node.getText()}`);
    else if (!isPath(other, found)) found.push(`compares more than a value: ${node.getText()}`);
  } else found.push(`${what(node)}: ${node.getText()}`);
}

function literal(node, place, found) {
  const { text } = node;
  if (place === 'seen' && text !== '') found.push(`words of its own: ${node.getText()}`);
  else if (ts.isStringLiteral(node) && !NAME.test(text)) found.push(`is no name of a class: ${node.getText()}`);
}

function member(property, place, found) {
  if (ts.isSpreadAssignment(property)) result(property.expression, place, found);
  else if (ts.isPropertyAssignment(property)) {
    const worded = WORDED.test(property.name.text);
    result(property.initializer, worded ? 'seen' : place, found);
  } else if (!ts.isShorthandPropertyAssignment(property)) found.push(`computes: ${property.getText()}`);
}

const isEither = (node) => ts.isBinaryExpression(node) && [Kind.AmpersandAmpersandToken, Kind.BarBarToken].includes(node.operatorToken.kind);

/** `view.rows[0].label`; how long a list is, is for the core to know. */
function isPath(node, found) {
  if (ts.isIdentifier(node)) return true;
  if (ts.isPropertyAccessExpression(node)) {
    if (node.name.text === 'length') found.push(`counts (list[0] says whether there is one): ${node.getText()}`);
    return isPath(node.expression, found);
  }
  return ts.isElementAccessExpression(node) && LITERALS.has(node.argumentExpression.kind) && isPath(node.expression, found);
}

function what(node) {
  if (ts.isCallExpression(node)) return 'calls a function';
  if (ts.isBinaryExpression(node)) return node.operatorToken.kind === Kind.PlusToken ? 'adds, or puts texts together' : 'computes';
  if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)) return 'puts texts together';
  return 'computes';
}
