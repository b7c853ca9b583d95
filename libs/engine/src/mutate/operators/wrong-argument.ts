import { type Edit, replace } from '../../edits.js';
import { calleeName, isFunction, memberName, type Node, type NodeOf } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { brief } from '../facts/brief.js';
import { compatible, kindOf, kindOfVariable } from '../facts/kinds.js';
import { fitted, operand, P, precedenceOf } from '../facts/precedence.js';
import { scopesOf } from '../facts/scopes.js';
import type { Change, MutationOperator } from '../mutation.js';

type Call = NodeOf<'CallExpression'> | NodeOf<'NewExpression'>;

/** Pairs of arguments that are swapped, and arguments of one call that are looked at. */
const MAX_ARGUMENTS = 5;
/** Callees whose second argument matters as much as the first: a swap there changes nothing. */
const SYMMETRIC = new Set(['max', 'min', 'require', 'log', 'info', 'warn', 'error', 'debug', 'assert', 'hypot']);

/**
 * Arguments in another order, one left out, `null` in front for an error-first callback, one more from the scope, a list spread; the
 * same for parameters. 10 % of one-edit fixes (ManySStuBs4J: "swap arguments" 1 to 2 %, "more" and "fewer specific" overloads 9 %;
 * SWE-smith's arg_swap is a sixth of the faults planted in async).
 */
export const wrongArgument: MutationOperator = {
  name: 'wrong-argument',
  prior: 0.18,
  *propose(node, { file }) {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      if (node.type === 'CallExpression' && calleeName(node) === 'require') return;
      yield* swaps(file, node);
      yield* receiver(file, node);
      yield* fewer(file, node);
      yield* spread(file, node);
      yield* more(file, node);
    } else if (isFunction(node)) yield* parameters(file, node.params);
  },
};

function* swaps(file: SourceFile, call: Call): Iterable<Change> {
  const args = call.arguments.slice(0, MAX_ARGUMENTS);
  if (args.length < 2 || SYMMETRIC.has(calleeName(call) ?? '')) return;
  for (let i = 0; i < args.length; i++)
    for (let j = i + 1; j < args.length; j++) {
      const [a, b] = [args[i], args[j]];
      if (!a || !b || file.textOf(a) === file.textOf(b)) continue;
      // A callback in front or a spread that is not last is seldom meant; two functions or two of the same kind often are.
      const odd = (a.type === 'SpreadElement' && b.type !== 'SpreadElement') || (isFunction(a) && !isFunction(b));
      const last = isFunction(b) && !isFunction(a);
      const literal = b.type === 'Literal' && b.value === null;
      const weight = odd ? 0.9 : literal ? 0.8 : last ? 0.1 : j - i === 1 ? 0.45 : 0.15;
      yield { summary: `swap arguments ${i + 1} and ${j + 1} of ${name(file, call)}`, edits: exchange(file, a, b), weight };
    }
  const [first] = args;
  if (args.length > 2 && args.length === call.arguments.length && first) {
    const rotated = [...args.slice(1), first].map((arg) => file.textOf(arg));
    yield {
      summary: `move the first argument of ${name(file, call)} to the end`,
      edits: args.map((arg, i) => replace(arg, rotated[i] ?? '')),
      weight: 0.12,
    };
  }
}

const exchange = (file: SourceFile, a: Node, b: Node): Edit[] => [replace(a, file.textOf(b)), replace(b, file.textOf(a))];
const name = (file: SourceFile, call: Call): string => brief(file, call.callee, 40);

/** `a.includes(b)` is `b.includes(a)`; `f(a).g(b)` is `f(b).g(a)`. */
function* receiver(file: SourceFile, call: Call): Iterable<Change> {
  const [first] = call.arguments;
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression' || !first || call.arguments.length > 2) return;
  const { object } = call.callee;
  if (
    first.type === 'SpreadElement' ||
    isFunction(first) ||
    (first.type === 'Literal' && typeof first.value !== 'string') ||
    object.type === 'Super'
  )
    return;
  if (object.type === 'ThisExpression' || (object.type === 'Identifier' && /^[A-Z]|^console$/.test(object.name))) return;
  const fits = compatible(kindOf(file, object), kindOf(file, first));
  if (fits === 0 || file.textOf(object) === file.textOf(first)) return;
  const edits = [replace(object, fitted(file, object, file.textOf(first), precedenceOf(first))), replace(first, file.textOf(object))];
  const weight = /^(?:indexOf|includes|startsWith|endsWith|concat|localeCompare|has|test|match|isBefore|isAfter|diff)$/.test(
    memberName(call.callee) ?? '',
  )
    ? 0.4
    : 0.12;
  yield { summary: `swap the receiver and the argument of ${brief(file, call)}`, edits, weight: weight * fits };
}

function* fewer(file: SourceFile, call: Call): Iterable<Change> {
  const args = call.arguments;
  for (const [i, arg] of args.slice(0, MAX_ARGUMENTS).entries()) {
    const [before, after] = [args[i - 1], args[i + 1]];
    const edit = after
      ? { start: arg.start, end: after.start, text: '' }
      : before
        ? { start: before.end, end: arg.end, text: '' }
        : replace(arg, '');
    if (/[()]/.test(outside(file, edit, arg))) continue;
    const weight = args.length === 1 ? 0.08 : i === args.length - 1 ? 0.25 : 0.15;
    yield { summary: `drop argument ${i + 1} of ${name(file, call)}`, edits: [edit], weight: isFunction(arg) ? weight * 0.3 : weight };
  }
}

const outside = (file: SourceFile, edit: Edit, arg: Node): string =>
  file.text.slice(edit.start, arg.start) + file.text.slice(arg.end, edit.end);

/** `Math.min(xs)` is `Math.min(...xs)`, and the other way round. */
function* spread(file: SourceFile, call: Call): Iterable<Change> {
  const math = call.callee.type === 'MemberExpression' && file.textOf(call.callee.object) === 'Math';
  const gathers = math || ['push', 'unshift', 'concat', 'fromCharCode', 'of'].includes(calleeName(call) ?? '');
  for (const [i, arg] of call.arguments.slice(0, 4).entries()) {
    if (arg.type === 'SpreadElement') {
      yield { summary: `pass ${brief(file, arg.argument)} as one argument`, edits: [replace(arg, file.textOf(arg.argument))], weight: 0.2 };
      continue;
    }
    const kind = kindOf(file, arg);
    if (
      kind !== 'array' &&
      kind !== 'list' &&
      !(kind === undefined && arg.type === 'Identifier' && /args|arguments|list|[^s]s$/i.test(arg.name))
    )
      continue;
    const weight = math && call.arguments.length === 1 ? 1 : gathers ? 0.3 : i === call.arguments.length - 1 ? 0.1 : 0.04;
    yield {
      summary: `spread ${brief(file, arg)} into ${name(file, call)}`,
      edits: [replace(arg, `...${operand(file, arg, P.assignment)}`)],
      weight,
    };
  }
}

/** `null` in front of a callback's arguments, and the arguments that other calls of the same function have. */
function* more(file: SourceFile, call: Call): Iterable<Change> {
  const [first] = call.arguments;
  const last = call.arguments.at(-1);
  const called = calleeName(call) ?? '';
  const callback = /^(?:cb|callback|next|done|resolve|reject)$|(?:Cb|Callback|Done)$/.test(called);
  if (callback && first && file.textOf(first) !== 'null' && first.type !== 'SpreadElement') {
    yield {
      summary: `no error as the first argument of ${called}`,
      edits: [{ start: first.start, end: first.start, text: 'null, ' }],
      weight: 0.3,
    };
  }
  if (callback && !first) {
    for (const known of ['null', 'err'])
      if (known === 'null' || visible(file, call, known))
        yield { summary: `pass ${known} to ${called}`, edits: [{ start: call.end - 1, end: call.end - 1, text: known }], weight: 0.35 };
  }
  const slots = parameterNames(file, call);
  const missing = slots[call.arguments.length];
  if (slots.length <= call.arguments.length && !(called === 'slice' || called === 'parseInt' || callback)) return;
  const seen = scopesOf(file).visibleAt(call).slice(0, 40);
  const fitting = seen
    .filter(
      ({ name: other, binding }) =>
        other !== called && binding.kind !== 'import' && !call.arguments.some((arg) => file.textOf(arg) === other),
    )
    .map((variable) => ({ variable, same: variable.name === missing }))
    .sort((a, b) => Number(b.same) - Number(a.same))
    .slice(0, missing === undefined ? 2 : 4);
  const at = last ? last.end : call.end - 1;
  if (last && /[)]/.test(file.text.slice(last.end, call.end - 1))) return;
  for (const { variable, same } of fitting) {
    const text = `${last ? ', ' : ''}${variable.name}`;
    const weight = (same ? 0.8 : 0.12) * (kindOfVariable(file, variable) === 'function' && !same ? 0.4 : 1);
    yield { summary: `pass ${variable.name} to ${called}, too`, edits: [{ start: at, end: at, text }], weight };
  }
  if (called === 'parseInt' && call.arguments.length === 1)
    yield { summary: 'parse a decimal number', edits: [{ start: at, end: at, text: ', 10' }], weight: 0.4 };
}

const visible = (file: SourceFile, at: Node, wanted: string): boolean => scopesOf(file).resolve(wanted, at) !== undefined;

/** The parameters of a function of this file that the call names. */
function parameterNames(file: SourceFile, call: Call): string[] {
  const variable = call.callee.type === 'Identifier' ? scopesOf(file).variableOf(call.callee) : undefined;
  const declared = variable?.binding.declaration;
  const fn = declared?.type === 'VariableDeclarator' ? (declared.init ?? undefined) : declared;
  return isFunction(fn) ? fn.params.map((param) => (param.type === 'Identifier' ? param.name : '')) : [];
}

function* parameters(file: SourceFile, params: readonly Node[]): Iterable<Change> {
  const few = params.slice(0, 4);
  for (const [i, param] of few.entries()) {
    const next = few[i + 1];
    if (!next || next.type === 'RestElement' || param.type === 'TSParameterProperty' || next.type === 'TSParameterProperty') continue;
    const weight = few.length === 2 ? 0.2 : 0.1;
    yield {
      summary: `swap the parameters ${brief(file, param, 30)} and ${brief(file, next, 30)}`,
      edits: exchange(file, param, next),
      weight,
    };
  }
}
