import { replace } from '../../edits.js';
import { similarity } from '../../names.js';
import { memberName, type Node, type NodeOf } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { confusedWith } from '../facts/confusions.js';
import { ARRAY_METHODS, kindOf, STRING_METHODS } from '../facts/kinds.js';
import type { Change, MutationOperator } from '../mutation.js';

/** Members of each object of the file, by the text of the object, and every member with how often it is named. */
interface Members {
  readonly byObject: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly all: ReadonlyMap<string, number>;
}

const cache = new WeakMap<SourceFile, Members>();

function membersOf(file: SourceFile): Members {
  const known = cache.get(file);
  if (known) return known;
  const byObject = new Map<string, Map<string, number>>();
  const all = new Map<string, number>();
  for (const node of file.nodes) {
    if (node.type === 'Property' && !node.computed && node.key.type === 'Identifier')
      all.set(node.key.name, (all.get(node.key.name) ?? 0) + 1);
    if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') continue;
    const { name } = node.property;
    all.set(name, (all.get(name) ?? 0) + 1);
    if (node.object.end - node.object.start > 60) continue;
    const object = file.textOf(node.object);
    const names = byObject.get(object) ?? new Map<string, number>();
    byObject.set(object, names.set(name, (names.get(name) ?? 0) + 1));
  }
  const found = { byObject, all };
  cache.set(file, found);
  return found;
}

/**
 * Another property or method of the same object: one that is mistaken for it, one that the file names on an object of the same name,
 * or, for one that no built-in has, the like-named built-in. 8 % of one-edit fixes (ManySStuBs4J: "wrong function name" is its
 * commonest pattern but one, 17 %, and "same function, wrong caller" follows; 6 % of the one-edit faults planted in HumanEvalPack).
 */
export const wrongMember: MutationOperator = {
  name: 'wrong-member',
  prior: 0.1,
  *propose(node, { file }) {
    if (node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier')
      yield* member(file, node, node.property.name);
    else if (node.type === 'MemberExpression' && node.computed) yield* key(file, node);
    else if (node.type === 'CallExpression' && node.callee.type === 'Identifier') yield* callee(file, node.callee);
  },
};

function* member(file: SourceFile, node: NodeOf<'MemberExpression'>, name: string): Iterable<Change> {
  const called = isCalled(file, node);
  const weights = new Map<string, number>();
  const offer = (other: string, weight: number) => void (other !== name && weights.set(other, Math.max(weights.get(other) ?? 0, weight)));
  const kind = kindOf(file, node.object);
  const builtin =
    STRING_METHODS.has(name) ||
    ARRAY_METHODS.has(name) ||
    /^(?:length|size|prototype|constructor|slice|concat|indexOf|includes|at)$/.test(name);
  const fitting = (other: string) =>
    kind === undefined || kind === 'object' || kind === 'list' || !(kind === 'array' ? STRING_METHODS : ARRAY_METHODS).has(other);
  for (const [i, other] of confusedWith(name).entries()) if (fitting(other)) offer(other, (called ? 0.9 : 0.35) / (1 + i * 0.35));
  const { byObject, all } = membersOf(file);
  const siblings = byObject.get(file.textOf(node.object)) ?? new Map<string, number>();
  const alone = (all.get(name) ?? 0) <= 1 && !builtin;
  for (const [other] of [...siblings].slice(0, 30)) {
    if (STRING_METHODS.has(other) !== STRING_METHODS.has(name) || ARRAY_METHODS.has(other) !== ARRAY_METHODS.has(name)) continue;
    offer(other, (0.12 + 0.4 * similarity(name, other)) * (alone ? 1.5 : 0.7));
  }
  if (alone) {
    for (const [other] of [...all].slice(0, 400)) if (similarity(name, other) >= 0.6) offer(other, 0.8 * similarity(name, other));
    const known =
      kind === 'string'
        ? [...STRING_METHODS]
        : kind === 'array'
          ? [...ARRAY_METHODS]
          : kind === 'list' || kind === undefined
            ? [...STRING_METHODS, ...ARRAY_METHODS]
            : [];
    const arity = callArity(file, node);
    const certain = kind === 'string' || kind === 'array';
    for (const other of called ? [...known, 'length'] : ['length'])
      offer(other, Math.max(similarity(name, other) > 0.6 ? 0.9 : 0, certain ? (usual(other) === arity ? 0.3 : 0.06) : 0.03));
  }
  const ranked = [...weights].sort((a, b) => b[1] - a[1]).slice(0, alone ? 24 : 9);
  for (const [other, weight] of ranked)
    yield { summary: `.${other} instead of .${name}`, edits: [replace(node.property, other)], weight: Math.min(1, weight) };
}

const isCalled = (file: SourceFile, node: Node): boolean => {
  const parent = file.parentOf(node);
  return parent?.type === 'CallExpression' && parent.callee === node;
};

const callArity = (file: SourceFile, node: Node): number => {
  const parent = file.parentOf(node);
  return parent?.type === 'CallExpression' && parent.callee === node ? parent.arguments.length : 0;
};

/** With how many arguments a built-in method is usually called. */
const usual = (name: string): number =>
  /^(?:trim|to[LU]|pop|shift|reverse|keys|values|entries|flat$)/.test(name)
    ? 0
    : /^(?:replace|slice|substr|pad|fill|reduce|splice)/.test(name)
      ? 2
      : 1;

/** `o['a']` with a key that the file names elsewhere belongs to wrong-string; `o[k]` as `o.k` does not work: nothing. */
function* key(file: SourceFile, node: NodeOf<'MemberExpression'>): Iterable<Change> {
  if (memberName(node) !== undefined || node.property.type !== 'Identifier' || node.optional) return;
  const names = membersOf(file).byObject.get(file.textOf(node.object));
  const { name } = node.property;
  if (names?.has(name))
    yield { summary: `.${name} instead of [${name}]`, edits: [{ start: node.object.end, end: node.end, text: `.${name}` }], weight: 0.2 };
}

/** A function of the language that is mistaken for another. */
function* callee(file: SourceFile, id: NodeOf<'Identifier'>): Iterable<Change> {
  for (const [i, other] of confusedWith(id.name).entries()) {
    const global =
      /^(?:set(?:Timeout|Immediate|Interval)|queueMicrotask|parse(?:Int|Float)|Number|String|Boolean|is(?:NaN|Finite)|(?:en|de)codeURI(?:Component)?)$/;
    if (global.test(id.name) && global.test(other))
      yield { summary: `${other} instead of ${id.name}`, edits: [replace(id, other)], weight: 0.6 / (1 + i * 0.5) };
    else if (membersOf(file).all.has(other)) continue;
  }
}
