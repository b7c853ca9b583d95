import {
  awaited,
  elementOf,
  type FunctionRef,
  functionsOf,
  knownKeys,
  lookup,
  memberName,
  type Node,
  resolveCallee,
  returnShape,
  type SourceFile,
  unwrap,
  wordsOf,
} from '@selfheal/engine';
import { camel, freshName } from '../shared/iterations.js';
import type { Scene } from '../shared/scene.js';
import type { Batch, LoopQuery } from './queries.js';

/** The query's own module has a function that asks for many (`findByIds`): it is asked once. */
export function batchFunctions(scene: Scene, query: LoopQuery): Batch[] {
  const { file, call } = query;
  const [key, more] = call.arguments;
  const keys = key && !more && key.type !== 'SpreadElement' ? query.keys(key) : undefined;
  if (!key || !keys) return [];
  return resolveCallee(scene.project, file, call.callee)
    .slice(0, 2)
    .flatMap((single) => siblingsOf(single).flatMap((many) => asBatch(scene, query, { key, keys, single, many })));
}

interface Found {
  readonly key: Node;
  readonly keys: string;
  readonly single: FunctionRef;
  readonly many: FunctionRef & { readonly likeness: number };
}

function asBatch(scene: Scene, query: LoopQuery, { key, keys, single, many }: Found): Batch[] {
  const { file, call } = query;
  const callee = unwrap(call.callee);
  const asked = file.textOf(key);
  const called = callee.type === 'MemberExpression' ? `${file.textOf(callee.object)}.${many.name}` : many.name;
  // A bare name must mean the batch function where the query stands; an import is not added here.
  if (callee.type === 'Identifier' && !lookup(file, many.name, call)) return [];
  const answer = awaited(returnShape(scene.project, many));
  const text = many.file.textOf(many.node);
  const nullish = /\bnull\b/.test(single.file.textOf(single.node)) ? ' ?? null' : '';
  const read = (map: string) => (nullish && !isWholeValue(query) ? `(${map}.get(${asked})${nullish})` : `${map}.get(${asked})${nullish}`);
  const summary = `ask ${many.name} once instead of ${single.name} for every item`;
  if (answer?.kind === 'dictionary' || /:\s*Promise<(?:Readonly)?Map</.test(text) || (!answer && /new Map\(/.test(text))) {
    const map = freshName(file, camel(many.name.replace(/^(?:find|get|load|fetch|list)(?:All|Many)?/i, '') || 'found', 'Map'));
    return [
      {
        edits: query.rewrite([`const ${map} = await ${called}(${keys});`], read(map)),
        template: 'batch-map',
        summary,
        score: 0.95 * many.likeness,
      },
    ];
  }
  const known = knownKeys(elementOf(answer));
  return keyFields(single, known)
    .slice(0, 2)
    .map((field, i) => {
      const map = freshName(file, camel('found', 'By', field));
      const build = `const ${map} = new Map((await ${called}(${keys})).map((row) => [row.${field}, row]));`;
      return { edits: query.rewrite([build], read(map)), template: 'batch', summary, score: (0.94 - 0.05 * i) * many.likeness };
    });
}

/** Whether the awaited call is a whole argument, initial value or returned value: `?? null` then needs no parentheses. */
function isWholeValue({ file, awaited: node }: LoopQuery): boolean {
  const parent = file.parentOf(node);
  return (
    (parent?.type === 'VariableDeclarator' && parent.init === node) ||
    (parent?.type === 'CallExpression' && parent.callee !== node) ||
    parent?.type === 'ReturnStatement' ||
    parent?.type === 'AssignmentExpression' ||
    parent?.type === 'Property'
  );
}

/** The fields of a row that may hold the key, likeliest first: compared in the query's own code, named by it, `id`. */
function keyFields({ file, node, name }: FunctionRef, known: readonly string[] | undefined): string[] {
  const [param] = node.params;
  const own = param?.type === 'Identifier' ? param.name : '';
  const compared = file.within(node).flatMap((inner) => {
    if (inner.type !== 'BinaryExpression' || inner.operator !== '===') return [];
    const [left, right] = [inner.left, inner.right];
    const [field, value] = left.type === 'MemberExpression' ? [left, right] : [right, left];
    return field.type === 'MemberExpression' && value.type === 'Identifier' && value.name === own ? [memberName(field) ?? ''] : [];
  });
  const by = /By([A-Z]\w*)$/.exec(name)?.[1];
  const all = [...compared, ...(by ? [camel(by)] : []), own, 'id'].filter((field) => /^[A-Za-z_$][\w$]*$/.test(field));
  return [...new Set(all)].filter((field) => !known || known.includes(field));
}

/** Functions beside the query's own (same class or object, or same file's top level) that take a list and say much the same. */
function siblingsOf(single: FunctionRef): Found['many'][] {
  const home = homeOf(single.file, single.node);
  return functionsOf(single.file)
    .filter((ref) => ref.node !== single.node && ref.name && homeOf(ref.file, ref.node) === home)
    .flatMap((ref) => {
      const likeness = manyLikeness(single, ref);
      return likeness > 0 ? [{ ...ref, likeness }] : [];
    })
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 2);
}

/** What holds a function: its class body, its object literal, or the program. */
function homeOf(file: SourceFile, node: Node): Node | undefined {
  return file.ancestorsOf(node).find(({ type }) => type === 'ClassBody' || type === 'ObjectExpression' || type === 'Program');
}

const MARKERS = new Set(['many', 'all', 'batch', 'bulk', 'multiple', 'multi']);
const SMALL = new Set([...MARKERS, 'by', 'for', 'in', 'of', 'with', 'one', 'single', 'async', 'list']);
const VERBS = new Set(['find', 'get', 'load', 'fetch', 'read', 'query', 'select', 'lookup', 'list', 'price', 'resolve']);

/** 0 to 1: how likely `many` does for a list what `single` does for one. */
function manyLikeness(single: FunctionRef, many: FunctionRef): number {
  const [param, second] = many.node.params;
  if (!param || (second && second.type !== 'AssignmentPattern') || (param.type !== 'Identifier' && param.type !== 'TSParameterProperty'))
    return 0;
  const typed = param.type === 'Identifier' && param.typeAnnotation ? many.file.textOf(param.typeAnnotation) : undefined;
  const takesList = typed ? /\[\]|Array<|Set<|Iterable</.test(typed) : /(?:s|list|array)$/i.test(many.file.textOf(param));
  if (!takesList) return 0;
  const [one, all] = [wordsOf(single.name), wordsOf(many.name)];
  const stem = (words: readonly string[]) =>
    new Set(words.filter((w) => !SMALL.has(w)).map((w) => w.replace(/ies$/, 'y').replace(/s$/, '')));
  const [a, b] = [stem(one), stem(all)];
  const shared = [...a].filter((word) => b.has(word)).length;
  if (shared === a.size && shared === b.size && shared > 0) return 1;
  const marked = all.some((word) => MARKERS.has(word));
  const verbs = one.some((word) => VERBS.has(word)) && all.some((word) => VERBS.has(word));
  if (marked && (shared > 0 || verbs)) return 0.9;
  return shared > 0 ? 0.6 + (0.3 * shared) / Math.max(a.size, b.size) : verbs ? 0.5 : 0;
}
