import { applyEdits, type Edit } from '../edits.js';
import { calleeName, memberName, type Node } from '../nodes.js';
import type { SourceFile } from '../source-file.js';
import type { Mutation } from './mutation.js';
import { OPERATORS } from './operators/index.js';
import { keyOf, minimal } from './rank.js';
import { brief, isStatement } from './statements.js';
import { type Token, tokensOf } from './tokens.js';

const MOST = 24;

/**
 * The same slip made several times: the mutation's change also at the other similar places of its statement and of its
 * function, first everywhere, then at one other place each; and, where one word became another, the two exchanged
 * throughout (`true` and `false`, `t[0]` and `t[1]`: HumanEvalFix JavaScript/112, /124). About a sixth of the one-shape
 * bugs of HumanEvalPack and of SWE-smith's are such repeats. Nothing for a mutation that inserts a statement.
 */
export function repeatMutation(mutation: Mutation, file: SourceFile): Mutation[] {
  const home = file.enclosingFunction(mutation.node) ?? file.program;
  const statement = [mutation.node, ...file.ancestorsOf(mutation.node)].find(isStatement) ?? home;
  const found = new Map<string, Mutation>();
  const add = (edits: readonly Edit[], how: string, share: number) => {
    const small = minimal(file.text, edits);
    const key = keyOf(file.path, small);
    if (found.size < MOST && !found.has(key) && disjoint(small))
      found.set(key, { ...mutation, edits: small, summary: `${brief(mutation.summary, 120)}, ${how}`, weight: mutation.weight * share });
  };
  const own = minimal(file.text, mutation.edits);
  for (const [scope, name] of [
    [statement, 'statement'],
    [home, 'function'],
  ] as const) {
    const sets = [sameTokens(file, own, scope), sameOperator(file, mutation, scope)].filter(({ length }) => length > 0);
    for (const places of sets)
      add([...own, ...places.flat()], `at all ${places.length + 1} places of the ${name}`, name === 'statement' ? 1 : 0.8);
    const swap = exchanged(file, own, scope);
    if (swap) add(swap, `and the other way round in the ${name}`, 0.7);
    for (const places of sets) for (const place of places.slice(0, 6)) add([...own, ...place], `at two places of the ${name}`, 0.6);
  }
  found.delete(keyOf(file.path, own));
  return [...found.values()];
}

const disjoint = (edits: readonly Edit[]): boolean =>
  edits.every(
    (edit, i) =>
      i === 0 ||
      (edits[i - 1] as Edit).end < edit.start ||
      ((edits[i - 1] as Edit).end === edit.start && (edits[i - 1] as Edit).start < edit.start),
  );

/** What the edits do as words: a run of tokens becomes another. Nothing when they do more than one such thing. */
interface Rewrite {
  readonly from: readonly string[];
  readonly to: string;
  readonly start: number;
  readonly end: number;
}

function rewriteOf(file: SourceFile, edits: readonly Edit[]): Rewrite | undefined {
  const [first] = edits;
  const last = edits.at(-1);
  if (!first || !last || last.end - first.start > 200) return undefined;
  const from = Math.max(0, file.text.lastIndexOf('\n', first.start - 1) + 1);
  const lineEnd = file.text.indexOf('\n', last.end);
  const to = lineEnd < 0 ? file.text.length : lineEnd;
  const line = file.text.slice(from, to);
  const after = applyEdits(
    line,
    edits.map((edit) => ({ start: edit.start - from, end: edit.end - from, text: edit.text })),
  );
  const [before, now] = [tokensOf(line, from), tokensOf(after)];
  let head = 0;
  while (head < before.length && head < now.length && before[head]?.text === now[head]?.text) head++;
  let tail = 0;
  while (tail < Math.min(before.length, now.length) - head && before.at(-1 - tail)?.text === now.at(-1 - tail)?.text) tail++;
  if (head === before.length - tail && head > 0) head--;
  const gone = before.slice(head, before.length - tail);
  const come = now.slice(head, now.length - tail);
  if (gone.length === 0 || come.length === 0 || gone.length > 12) return undefined;
  return {
    from: gone.map(({ text }) => text),
    to: after.slice((come[0] as Token).start, (come.at(-1) as Token).end),
    start: (gone[0] as Token).start,
    end: (gone.at(-1) as Token).end,
  };
}

/** The other places in a stretch that have the same tokens as were replaced, each with its edit. */
function sameTokens(file: SourceFile, edits: readonly Edit[], scope: Node): Edit[][] {
  const rewrite = rewriteOf(file, edits);
  if (!rewrite || (rewrite.from.length === 1 && /^[^\w'"`$]$/.test(rewrite.from[0] ?? '') && '(){}[];,.'.includes(rewrite.from[0] ?? '')))
    return [];
  const tokens = tokensOf(file.textOf(scope), scope.start);
  const found: Edit[][] = [];
  for (let i = 0; i + rewrite.from.length <= tokens.length; i++) {
    const [first, last] = [tokens[i] as Token, tokens[i + rewrite.from.length - 1] as Token];
    if (first.start < rewrite.end && last.end > rewrite.start) continue;
    if (rewrite.from.every((text, k) => tokens[i + k]?.text === text)) {
      found.push([{ start: first.start, end: last.end, text: rewrite.to }]);
      i += rewrite.from.length - 1;
    }
  }
  return found.length <= 40 ? found : [];
}

/** One token became another: both exchanged throughout the stretch. */
function exchanged(file: SourceFile, edits: readonly Edit[], scope: Node): Edit[] | undefined {
  const rewrite = rewriteOf(file, edits);
  const [from] = rewrite?.from ?? [];
  if (!rewrite || from === undefined || rewrite.from.length !== 1 || !/^[\w$'"]/.test(from) || tokensOf(rewrite.to).length !== 1)
    return undefined;
  const tokens = tokensOf(file.textOf(scope), scope.start);
  const near = neighbourKind(
    tokens,
    tokens.findIndex(({ start }) => start === rewrite.start),
  );
  const out = tokens.flatMap(({ text, start, end }, i) =>
    (text === from || text === rewrite.to) && neighbourKind(tokens, i) === near
      ? [{ start, end, text: text === from ? rewrite.to : from }]
      : [],
  );
  return out.some(({ text }) => text === from) && out.length <= 40 ? out : undefined;
}

/** Whether a token is an index: only indexes are exchanged with indexes. */
const neighbourKind = (tokens: readonly Token[], i: number): boolean => tokens[i - 1]?.text === '[' && tokens[i + 1]?.text === ']';

/** The same operator's change of the same order at the other nodes of a stretch that are like the mutation's node. */
function sameOperator(file: SourceFile, mutation: Mutation, scope: Node): Edit[][] {
  const operator = OPERATORS.find(({ name }) => name === mutation.operator);
  const like = likeness(file, mutation.node);
  if (!operator || like === undefined) return [];
  const context = { file, others: () => [] };
  const key = keyOf(file.path, minimal(file.text, mutation.edits));
  const order = [...operator.propose(mutation.node, context)].findIndex(({ edits }) => keyOf(file.path, minimal(file.text, edits)) === key);
  if (order < 0) return [];
  const found: Edit[][] = [];
  for (const node of file.within(scope)) {
    if (node === mutation.node || likeness(file, node) !== like) continue;
    const change = [...operator.propose(node, context)][order];
    if (change) found.push([...change.edits]);
    if (found.length > 40) return [];
  }
  return found;
}

/** What makes two nodes similar: the operator, the callee, the property, the value. Nothing for other nodes. */
function likeness(file: SourceFile, node: Node): string | undefined {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'AssignmentExpression':
    case 'UpdateExpression':
    case 'UnaryExpression':
      return `${node.type} ${node.operator}`;
    case 'CallExpression':
    case 'NewExpression':
      return `${node.type} ${calleeName(node) ?? ''}`;
    case 'MemberExpression':
      return `${node.type} ${memberName(node) ?? ''}`;
    case 'Literal':
    case 'Identifier':
      return `${node.type} ${file.textOf(node)}`;
    default:
      return undefined;
  }
}
