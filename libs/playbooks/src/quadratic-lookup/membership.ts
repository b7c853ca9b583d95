import { insert, memberName, type Node, type NodeOf, replace, type SourceFile } from '@selfheal/engine';
import { camel, freshName } from '../shared/iterations.js';
import { indentOf } from '../shared/objects.js';
import type { Scene } from '../shared/scene.js';
import { type Slowness, slowness } from '../shared/slow.js';
import { type SearchedList, searchedList } from './searched-list.js';

/** `list.includes(x)` and `list.indexOf(x) !== -1` in a loop: a Set of the list is asked. */
export function membershipTests(scene: Scene): Slowness[] {
  return scene.places.flatMap(({ file, node, weight }) => {
    const test = node.type === 'CallExpression' ? testOf(file, node) : undefined;
    const list = test && searchedList(scene, file, test.call);
    if (!test || !list) return [];
    const set = freshName(file, camel(list.text.split('.').at(-1) ?? '', 'Set'));
    const build = insert(list.statement.start, `const ${set} = new Set(${list.text});\n${indentOf(file, list.statement)}`);
    const ask = replace(test.whole, `${test.negated ? '!' : ''}${set}.has(${file.textOf(test.value)})`);
    const kept = keptInStep(file, list, set);
    if (!kept) return [];
    const summary = `ask a Set of ${list.text} instead of searching it for every item`;
    return [slowness('quadratic-lookup', file, test.whole, [build, ask, ...kept], { template: 'set', summary, score: 0.9 * weight })];
  });
}

interface Test {
  readonly call: NodeOf<'CallExpression'>;
  readonly whole: Node;
  readonly value: Node;
  readonly negated: boolean;
}

function testOf(file: SourceFile, call: NodeOf<'CallExpression'>): Test | undefined {
  const name = call.callee.type === 'MemberExpression' && !call.optional ? memberName(call.callee) : undefined;
  const [value] = call.arguments;
  if (call.arguments.length !== 1 || !value || value.type === 'SpreadElement') return undefined;
  if (name === 'includes') return { call, whole: call, value, negated: false };
  const whole = file.parentOf(call);
  if (name !== 'indexOf' || whole?.type !== 'BinaryExpression' || whole.left !== call) return undefined;
  const compared = `${whole.operator} ${file.textOf(whole.right)}`;
  if (/^(?:!==? -1|> -1|>= 0)$/.test(compared)) return { call, whole, value, negated: false };
  return /^(?:===? -1|< 0)$/.test(compared) ? { call, whole, value, negated: true } : undefined;
}

/** The edits that keep the set equal to a list that the loop itself pushes to; nothing when it changes in another way. */
function keptInStep(file: SourceFile, list: SearchedList, set: string): { start: number; end: number; text: string }[] | undefined {
  const edits = [];
  for (const change of list.changes) {
    const call = change.type === 'CallExpression' ? change : undefined;
    const [value] = call?.arguments ?? [];
    const own =
      call?.callee.type === 'MemberExpression' && memberName(call.callee) === 'push' && file.textOf(call.callee.object) === list.text;
    const statement = file.parentOf(change);
    if (
      !call ||
      !own ||
      call.arguments.length !== 1 ||
      !value ||
      value.type === 'SpreadElement' ||
      statement?.type !== 'ExpressionStatement'
    )
      return undefined;
    // A value with effects of its own must not be computed twice.
    if (value.type !== 'Identifier' && value.type !== 'MemberExpression' && value.type !== 'Literal') return undefined;
    const block = file.parentOf(statement)?.type === 'BlockStatement';
    const add = `${set}.add(${file.textOf(value)})`;
    edits.push(block ? insert(statement.end, `\n${indentOf(file, statement)}${add};`) : replace(call, `${file.textOf(call)}, ${add}`));
  }
  return edits;
}
