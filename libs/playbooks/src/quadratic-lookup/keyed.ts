import { insert, isFunction, memberName, type Node, type NodeOf, replace, type SourceFile } from '@selfheal/engine';
import { camel, freshName, namesIn } from '../shared/iterations.js';
import { indentOf } from '../shared/objects.js';
import type { Scene } from '../shared/scene.js';
import { type Slowness, slowness } from '../shared/slow.js';
import { searchedList } from './searched-list.js';

/** `list.find((x) => x.key === wanted)` in a loop, `some` and `filter` too: a Map by that key is asked. */
export function keyedLookups(scene: Scene): Slowness[] {
  return scene.places.flatMap(({ file, node, weight }) => {
    const search = node.type === 'CallExpression' ? searchOf(file, node) : undefined;
    const list = search && searchedList(scene, file, search.call);
    if (!search || !list || list.changes.length > 0) return [];
    const { call, method, item, key, wanted } = search;
    const singular = list.text.split('.').at(-1) ?? 'items';
    const map = freshName(file, method === 'some' ? `${camel(singular, key)}s` : camel(singular, 'By', key));
    const indent = indentOf(file, list.statement);
    const asked = file.textOf(wanted);
    const typed = /\.[cm]?tsx?$/.test(file.path);
    const by = `${item}.${key}`;
    // Of several items with the same key `find` gives the first: the last one set wins, so they are set from the end.
    const build = {
      find: `const ${map} = new Map([...${list.text}].reverse().map((${item}) => [${by}, ${item}]));`,
      some: `const ${map} = new Set(${list.text}.map((${item}) => ${by}));`,
      filter: [
        `const ${map} = new Map${typed ? `<(typeof ${list.text})[number]['${key}'], (typeof ${list.text})[number][]>` : ''}();`,
        `for (const ${item} of ${list.text}) {`,
        `  const group = ${map}.get(${by});`,
        `  if (group) group.push(${item});`,
        `  else ${map}.set(${by}, [${item}]);`,
        '}',
      ].join(`\n${indent}`),
    }[method];
    const ask = { find: `${map}.get(${asked})`, some: `${map}.has(${asked})`, filter: `(${map}.get(${asked}) ?? [])` }[method];
    const summary = `index ${list.text} by ${key} once instead of searching it for every item`;
    const edits = [insert(list.statement.start, `${build}\n${indent}`), replace(call, ask)];
    return [slowness('quadratic-lookup', file, call, edits, { template: `map-${method}`, summary, score: 0.92 * weight })];
  });
}

interface Search {
  readonly call: NodeOf<'CallExpression'>;
  readonly method: 'find' | 'some' | 'filter';
  readonly item: string;
  readonly key: string;
  readonly wanted: Node;
}

/** A search whose test compares one property of the item, by ===, with what does not depend on the item. */
function searchOf(file: SourceFile, call: NodeOf<'CallExpression'>): Search | undefined {
  const method = call.callee.type === 'MemberExpression' && !call.optional ? memberName(call.callee) : undefined;
  if (method !== 'find' && method !== 'some' && method !== 'filter') return undefined;
  const [test] = call.arguments;
  if (call.arguments.length !== 1 || !isFunction(test) || test.async || test.params.length !== 1) return undefined;
  const [param] = test.params;
  const compared = resultOf(test.body);
  if (param?.type !== 'Identifier' || compared?.type !== 'BinaryExpression' || compared.operator !== '===') return undefined;
  const item = param.name;
  for (const [own, wanted] of [
    [compared.left, compared.right],
    [compared.right, compared.left],
  ] as const) {
    if (own.type !== 'MemberExpression' || own.computed || own.object.type !== 'Identifier' || own.object.name !== item) continue;
    const key = memberName(own);
    if (key && !namesIn(file, wanted).some(({ name }) => name === item) && isQuiet(file, wanted))
      return { call, method, item, key, wanted };
  }
  return undefined;
}

function resultOf(body: Node | null): Node | undefined {
  if (body?.type !== 'BlockStatement') return body ?? undefined;
  const [only] = body.body;
  return body.body.length === 1 && only?.type === 'ReturnStatement' ? (only.argument ?? undefined) : undefined;
}

/** What is compared is computed once instead of once an item: it may have no effects. */
const isQuiet = (file: SourceFile, node: Node): boolean =>
  !file
    .within(node)
    .some(({ type }) => ['CallExpression', 'NewExpression', 'AwaitExpression', 'UpdateExpression', 'AssignmentExpression'].includes(type));
