import { calleeName } from '../ast/access.js';
import { type Node, unwrap } from '../ast/walk.js';
import type { Op } from './op.js';

const TESTS = new Set(['it', 'test', 'describe']);
const ASSERTS = /^(?:expect|assert\w*|strictEqual|deepEqual|deepStrictEqual|notStrictEqual|rejects|throws|ok)$/;
/** `x.parse(…)` of these is no validation. */
const PARSERS = /^(?:JSON|Date|path|URL|url|qs|querystring|yaml|YAML|csv|ms|semver|cookie|dotenv)$/;
const VALIDATES = /^(?:(?:parse|safeParse)(?:Async)?|validate\w*|assertValid\w*|is[A-Z]\w*Valid|checkSchema)$/;
const REFUSES = /Validation|BadRequest|Invalid|Unauthor|Forbidden|Denied|NotAllowed|Conflict/;
const VALIDATOR_DECORATOR = /^(?:Is[A-Z]\w*|Min\w*|Max\w*|Length|Matches|Validate\w*|ArrayNotEmpty|UsePipes)$/;

/** Tests and assertions. */
export const assertion: Op = (node) => {
  if (node.type !== 'CallExpression') return undefined;
  const callee = unwrap(node.callee);
  const root = rootName(callee);
  if (callee.type === 'Identifier' && TESTS.has(callee.name)) return { what: `a test (${callee.name})`, key: callee.name };
  if (callee.type === 'Identifier' && ASSERTS.test(callee.name)) return { what: `an assertion (${callee.name})`, key: callee.name };
  if (callee.type === 'MemberExpression' && root === 'assert')
    return { what: `an assertion (assert.${calleeName(node)})`, key: `assert.${calleeName(node)}` };
  return undefined;
};

/** Schema checks, validating decorators and refusals of bad input. */
export const validation: Op = (node) => {
  if (node.type === 'CallExpression' && VALIDATES.test(calleeName(node) ?? '')) {
    const callee = unwrap(node.callee);
    const object = callee.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
    if (object?.type === 'Identifier' && PARSERS.test(object.name)) return undefined;
    const name = (calleeName(node) ?? '').replace(/^(?:safeParse|parse)(?:Async)?$/, 'parse');
    return { what: `a validation (${name})`, key: name };
  }
  if (node.type === 'CallExpression' && callsOn(node, 'strict', ['z', 'zod'])) return { what: 'a strict schema', key: 'strict' };
  if (node.type === 'Decorator') {
    const inner = node.expression.type === 'CallExpression' ? node.expression.callee : node.expression;
    return inner.type === 'Identifier' && VALIDATOR_DECORATOR.test(inner.name)
      ? { what: `the validator @${inner.name}`, key: inner.name }
      : undefined;
  }
  if (node.type === 'ThrowStatement' && node.argument.type === 'NewExpression' && REFUSES.test(calleeName(node.argument) ?? '')) {
    return { what: `a refusal (${calleeName(node.argument)})`, key: calleeName(node.argument) ?? '' };
  }
  return undefined;
};

const LOOSE = new Set(['any', 'unknown', 'passthrough', 'loose', 'looseObject', 'catchall']);
const SKIPS = new Set(['skip', 'only', 'todo', 'failing']);

/** Schemas and types that accept anything, tests that do not run. */
export const looseSchema: Op = (node, ancestors) => {
  if (node.type === 'TSAnyKeyword') return { what: 'types something as any', key: 'any' };
  if (node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier') {
    const name = node.property.name;
    if (SKIPS.has(name) && TESTS.has(rootName(node) ?? '')) return { what: `makes a test ${name}`, key: name };
    const called = ancestors.at(-1)?.type === 'CallExpression';
    if (called && LOOSE.has(name) && ['z', 'zod'].includes(rootName(node) ?? 'z')) return { what: `loosens a schema (${name})`, key: name };
    if (called && (name === 'passthrough' || name === 'loose')) return { what: `loosens a schema (${name})`, key: name };
    if (called && name === 'catch' && ['z', 'zod'].includes(rootName(node) ?? ''))
      return { what: 'lets a schema replace what is wrong (catch)', key: name };
  }
  return node.type === 'CallExpression' && ['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe'].includes(calleeName(node) ?? '')
    ? { what: 'makes a test not run' }
    : undefined;
};

const callsOn = (node: Extract<Node, { type: 'CallExpression' }>, method: string, roots: readonly string[]): boolean =>
  calleeName(node) === method && roots.includes(rootName(node.callee) ?? '');

/** The identifier that a chain of members and calls starts with: `z` of `z.object({}).strict`. */
function rootName(node: Node): string | undefined {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return inner.name;
  if (inner.type === 'MemberExpression') return rootName(inner.object);
  return inner.type === 'CallExpression' ? rootName(inner.callee) : undefined;
}
