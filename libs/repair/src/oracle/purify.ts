import { calleeName, dottedName, isFunction, type Node, type NodeOf, type SourceFile, unwrap } from '@selfheal/engine';
import type { Wrap } from './wraps.js';

/** `assert`, `assert.equal`, `console.assert`, `t.deepEqual`, `chai.expect`, `should`: the roots of assertions that are calls. */
const ROOTS = /^(?:assert|expect|should|console\.assert|chai\.(?:assert|expect)|t|test)$/;
const ROOT_NEEDS_METHOD = /^(?:t|test)$/;

/**
 * Test purification (Xuan and Monperrus, "Test case purification for improving fault localization", FSE 2014): a script ends
 * at its first failing assertion, and hides what the others say. Each assertion of the script becomes a test of its own,
 * named by its line (`12`, and `12:40` for a second one on the line): the wraps report its end to the worker
 * (worker/assertions.cjs), which either goes on or throws the failure again, as the script would. Lines stay as they are.
 *
 * A function of the script that asserts about its arguments and is called as a statement from several places is an
 * assertion wherever it is called.
 */
export function purify(file: SourceFile): Wrap[] {
  if (file.errors.length > 0) return [];
  const helpers = assertingHelpers(file);
  const wraps: Wrap[] = [];
  const lines = new Set<number>();
  let end = -1;
  for (const node of file.nodes) {
    if (node.type !== 'ExpressionStatement' || node.start < end) continue;
    const call = asserted(node.expression);
    if (!call) continue;
    const isHelperCall = calledHelper(call, helpers) !== undefined;
    if (
      !isHelperCall &&
      (!isAssertion(call) || file.ancestorsOf(node).some((each) => isFunction(each) && helpers.has(nameOfFunction(file, each) ?? '')))
    )
      continue;
    if (isExpectedToFail(file, node) || isDeferred(file, node)) continue;
    const { line, column } = file.positionAt(node.start);
    const place = JSON.stringify(lines.has(line) ? `${line}:${column}` : `${line}`);
    lines.add(line);
    wraps.push({
      start: node.start,
      end: node.end,
      before: `try{Buffer.__sfAt(${place});`,
      after: `;Buffer.__sfOk(${place})}catch(__sfError){Buffer.__sfNo(${place},__sfError)}`,
    });
    // An assertion inside another's argument is part of it: `assert.throws(() => { assert(…) })`.
    end = node.end;
  }
  return wraps;
}

/** The call that an assertion statement makes, through `await`. */
function asserted(expression: Node): Node | undefined {
  const inner = unwrap(expression.type === 'AwaitExpression' ? expression.argument : expression);
  return inner.type === 'CallExpression' || inner.type === 'MemberExpression' ? inner : undefined;
}

/** Whether a chain of calls and members begins at an assertion library: `expect(x).to.be.true`, `x.should.equal(1)`. */
function isAssertion(node: Node): boolean {
  if (node.type === 'CallExpression' && ['console.assert'].includes(dottedName(node.callee) ?? '')) return true;
  let depth = 0;
  for (let at = unwrap(node); ; depth++) {
    const name = dottedName(at);
    if (name !== undefined && ROOTS.test(name)) return depth > 0 && (!ROOT_NEEDS_METHOD.test(name) || isMethodOf(node, name));
    if (at.type === 'CallExpression') at = unwrap(at.callee);
    else if (at.type === 'MemberExpression') {
      if (at.property.type === 'Identifier' && at.property.name === 'should') return true;
      at = unwrap(at.object);
    } else return false;
  }
}

const TAP =
  /^(?:ok|notOk|equal|equals|notEqual|is|not|same|deepEqual|notDeepEqual|like|throws|doesNotThrow|true|false|truthy|falsy|match|strictEqual)$/;
const isMethodOf = (node: Node, root: string): boolean => {
  if (node.type !== 'CallExpression') return false;
  const name = dottedName(node.callee);
  return name?.startsWith(`${root}.`) === true && TAP.test(name.slice(root.length + 1));
};

/** Functions of the script by name that assert about their parameters and are called as a statement at least twice. */
function assertingHelpers(file: SourceFile): ReadonlySet<string> {
  const calls = new Map<string, number>();
  const asserting = new Set<string>();
  for (const node of file.nodes) {
    if (node.type !== 'ExpressionStatement') continue;
    const call = asserted(node.expression);
    if (call?.type !== 'CallExpression') continue;
    if (isAssertion(call)) {
      const around = file.enclosingFunction(node);
      const name = around && around.params.length > 0 ? nameOfFunction(file, around) : undefined;
      if (name) asserting.add(name);
    } else if (call.callee.type === 'Identifier' && call.arguments.length > 0)
      calls.set(call.callee.name, (calls.get(call.callee.name) ?? 0) + 1);
  }
  return new Set([...asserting].filter((name) => (calls.get(name) ?? 0) > 1));
}

const calledHelper = (call: Node, helpers: ReadonlySet<string>): string | undefined => {
  const name = call.type === 'CallExpression' && call.callee.type === 'Identifier' ? calleeName(call) : undefined;
  return name !== undefined && helpers.has(name) ? name : undefined;
};

function nameOfFunction(file: SourceFile, node: Node): string | undefined {
  if ((node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression') && node.id) return node.id.name;
  const parent = file.parentOf(node);
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined;
}

/** In a `try` whose handler takes the failure for good: an assertion there may be meant to fail. */
function isExpectedToFail(file: SourceFile, node: Node): boolean {
  let inner: Node = node;
  for (const around of file.ancestorsOf(node)) {
    if (isFunction(around)) return false;
    if (around.type === 'TryStatement' && around.block === inner && around.handler && !reports(file, around.handler)) return true;
    inner = around;
  }
  return false;
}

/** Whether a handler passes the failure on: throws, exits, sets something. */
const reports = (file: SourceFile, handler: NodeOf<'CatchClause'>): boolean =>
  file
    .within(handler)
    .some(
      (node) =>
        node.type === 'ThrowStatement' ||
        node.type === 'AssignmentExpression' ||
        node.type === 'UpdateExpression' ||
        (node.type === 'CallExpression' && dottedName(node.callee) === 'process.exit'),
    );

/** In a function that is an argument of an assertion or of a constructor: who calls it, and what a failure means there, is not known. */
const isDeferred = (file: SourceFile, node: Node): boolean =>
  file.ancestorsOf(node).some((around) => {
    const parent = file.parentOf(around);
    return isFunction(around) && parent?.type === 'CallExpression' && parent.callee !== around && isAssertion(parent);
  });
