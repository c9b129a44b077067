// What may stand in double braces in a template: names of values, and which of two. Whatever computes or words belongs into the core.
import ts from 'typescript';

const { SyntaxKind: Kind } = ts;
const LITERALS = new Set([Kind.StringLiteral, Kind.NumericLiteral, Kind.NullKeyword, Kind.TrueKeyword, Kind.FalseKeyword]);

const isText = (pattern) => (node) => ts.isStringLiteral(node) && pattern.test(node.text);
const isFlag = (node) => node.kind === Kind.TrueKeyword || node.kind === Kind.FalseKeyword;
const isEmpty = isText(/^$/);
const isName = isText(/^([a-z][a-z0-9_-]*)?$/);
const isBone = isText(/^([a-z]+-bone)?$/);

/** What shared templates may be given as a literal, by its key: names of classes, events and kinds. Under these names nothing is ever shown. */
const NAMED = { kind: isName, type: isName, mode: isName, on: isName, of: isName, left: isName, done: isName, bones: isBone, value: isFlag };

/** Where an expression can stand: which literals it may take there, and whether it may be one of those names. */
export const PLACES = {
  /** Somebody reads or hears it. */
  seen: { takes: isEmpty, named: false },
  /** A property of an element. */
  property: { takes: (node) => isEmpty(node) || isFlag(node), named: false },
  /** A name for the style or the shell, which nobody reads. */
  name: { takes: (node) => isEmpty(node) || isFlag(node), named: true },
  classes: { takes: isText(/^[a-z0-9_ -]*$/), named: true },
  list: { takes: isBone, named: true },
  /** What a template is given, written as the inside of an object, or as one. */
  data: { takes: isEmpty, named: false },
};

/** What is wrong with an expression, as a list of sentences. `names` are variables that hold names. */
export function check(source, place, names = new Set()) {
  const tree = read(source, place);
  if (tree === undefined) return [`can't be understood: ${source}`];
  const found = [];
  result(tree, place, { names, say: (node, message) => found.push(`${message}: ${node.getText()}`) });
  return found;
}

/** Whether a list's elements are names. */
export function holdsNames(source, names) {
  const tree = read(source, PLACES.list);
  return tree !== undefined && (ts.isArrayLiteralExpression(tree) ? tree.elements.some(({ kind }) => LITERALS.has(kind)) : isNamed(tree, names));
}

const read = (source, place) => (place === PLACES.data && parse(`({${source}})`)) || parse(`(${source})`);

function parse(text) {
  const file = ts.createSourceFile('template.js', text, ts.ScriptTarget.ES2020, true);
  const [statement] = file.statements;
  if (file.parseDiagnostics.length > 0 || file.statements.length !== 1 || !ts.isExpressionStatement(statement)) return undefined;
  return bare(statement.expression);
}

const bare = (node) => (ts.isParenthesizedExpression(node) ? bare(node.expression) : node);

/** An expression whose value is used. */
function result(node, place, context) {
  const { names, say } = context;
  if (ts.isParenthesizedExpression(node)) result(node.expression, place, context);
  else if (isPath(node, say)) {
    if (!place.named && isNamed(node, names)) say(node, 'is a name, which nobody should read');
  } else if (ts.isConditionalExpression(node)) {
    condition(node.condition, say);
    result(node.whenTrue, place, context);
    result(node.whenFalse, place, context);
  } else if (isEither(node)) {
    result(node.left, place, context);
    result(node.right, place, context);
  } else if (LITERALS.has(node.kind)) {
    if (!place.takes(node)) say(node, place.takes === isEmpty ? 'words of its own' : 'is no literal for here');
  } else if (ts.isObjectLiteralExpression(node)) node.properties.forEach((property) => member(property, place, context));
  else if (ts.isArrayLiteralExpression(node)) node.elements.forEach((element) => result(element, place, context));
  else condition(node, say);
}

/** An expression that is asked whether it holds. */
function condition(node, say) {
  if (ts.isParenthesizedExpression(node)) condition(node.expression, say);
  else if (isPath(node, say)) return;
  else if (ts.isPrefixUnaryExpression(node) && node.operator === Kind.ExclamationToken) condition(node.operand, say);
  else if (isEither(node)) {
    condition(node.left, say);
    condition(node.right, say);
  } else if (ts.isBinaryExpression(node) && [Kind.EqualsEqualsEqualsToken, Kind.ExclamationEqualsEqualsToken].includes(node.operatorToken.kind)) comparison(node, say);
  else say(node, what(node));
}

/** A value is compared with one of its names; which field has the focus is the one question about two values. */
function comparison(node, say) {
  const sides = [node.left, node.right];
  const literal = sides.find((side) => side.kind === Kind.NullKeyword || isFlag(side) || (isName(side) && !isEmpty(side)));
  const other = sides.find((side) => side !== literal && side.getText() !== 'focus') ?? node.left;
  if (literal === undefined && !(sides.some((side) => side.getText() === 'focus') && ts.isPropertyAccessExpression(other) && other.name.text === 'id')) say(node, 'compares with more than a name');
  else if (!isPath(other, say)) say(node, 'compares more than a value');
}

function member(property, place, context) {
  if (ts.isSpreadAssignment(property)) return result(property.expression, place, context);
  if (ts.isShorthandPropertyAssignment(property)) return context.names.has(property.name.text) ? context.say(property, 'is a name, which nobody should read') : undefined;
  if (!ts.isPropertyAssignment(property) || ts.isComputedPropertyName(property.name)) return context.say(property, 'computes');
  const takes = Object.hasOwn(NAMED, property.name.text) ? NAMED[property.name.text] : undefined;
  return result(property.initializer, takes === undefined ? PLACES.seen : { takes, named: true }, context);
}

const isEither = (node) => ts.isBinaryExpression(node) && [Kind.AmpersandAmpersandToken, Kind.BarBarToken].includes(node.operatorToken.kind);

/** `view.rows[0].label`; how long a list is, is for the core to know. */
function isPath(node, say) {
  if (ts.isIdentifier(node)) return true;
  if (ts.isPropertyAccessExpression(node)) {
    if (node.name.text === 'length') say(node, 'counts (list[0] says whether there is one)');
    return isPath(node.expression, say);
  }
  if (!ts.isElementAccessExpression(node) || !ts.isNumericLiteral(node.argumentExpression)) return false;
  // A pair has two; whether there is a tenth is a count.
  if (!['0', '1'].includes(node.argumentExpression.text)) say(node, 'counts (list[0] says whether there is one)');
  return isPath(node.expression, say);
}

/** Whether a path begins with a variable that holds names. */
function isNamed(node, names) {
  if (ts.isIdentifier(node)) return names.has(node.text) || Object.hasOwn(NAMED, node.text);
  return (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) && isNamed(node.expression, names);
}

function what(node) {
  if (ts.isCallExpression(node)) return 'calls a function';
  if (ts.isElementAccessExpression(node)) return 'looks a value up';
  if (ts.isBinaryExpression(node)) return node.operatorToken.kind === Kind.PlusToken ? 'adds, or puts texts together' : 'computes';
  if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)) return 'puts texts together';
  return 'computes';
}
