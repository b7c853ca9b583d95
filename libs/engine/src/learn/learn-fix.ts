import { isFunction, type Node } from '../nodes.js';
import type { SourceFile } from '../source-file.js';
import type { FixTemplate } from './template.js';
import { parseSnippet, type SnippetKind } from './term.js';

/** A change larger than this is no shape that repeats. Characters. */
const MAX_SNIPPET = 600;
/** The context of a change has at least so many nodes: `i` to `j` alone says nothing of where. */
const LEAST_NODES = 3;

/**
 * The fix from one version of a file to the next as a template without holes: the smallest expression or simple statement
 * around all that changed. Nothing when the change is spread over statements, or is too large to be a shape. Pure.
 */
export function learnFix(before: SourceFile, after: SourceFile): FixTemplate | undefined {
  const [start, end] = changed(before.text, after.text);
  const grown = after.text.length - before.text.length;
  // What is put in at a node's edge belongs to the node around it.
  const holds =
    start === end ? (node: Node) => node.start < start && end < node.end : (node: Node) => node.start <= start && end <= node.end;
  const around = before.nodes.filter(holds).reverse();
  for (const node of around) {
    const kind = kindOf(node);
    if (!kind || before.within(node).length < LEAST_NODES || node.end - node.start > MAX_SNIPPET) continue;
    const pair = { before: before.textOf(node), after: after.text.slice(node.start, node.end + grown) };
    if (parseSnippet(pair.before, kind) && parseSnippet(pair.after, kind)) return { kind, ...pair, holes: [] };
  }
  return undefined;
}

/** The first and the last offset of the old text between which everything changed lies. */
function changed(a: string, b: string): [number, number] {
  let start = 0;
  while (start < a.length && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - start && a.charCodeAt(a.length - 1 - tail) === b.charCodeAt(b.length - 1 - tail)) tail++;
  return [start, a.length - tail];
}

function kindOf(node: Node): SnippetKind | undefined {
  if (/^(?:If|Return|Expression|Throw|While|For|ForOf|ForIn)Statement$|^VariableDeclaration$/.test(node.type)) return 'statement';
  if (isFunction(node)) return undefined;
  return /Expression$/.test(node.type) ? 'expression' : undefined;
}
