import { type Edit, insert, replace } from '../../edits.js';
import { isFunction, type Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import type { Change, MutationContext, MutationOperator } from '../mutation.js';
import {
  blockBody,
  brief,
  indentOf,
  insertAfter,
  insertBefore,
  insertInto,
  isStatement,
  leaves,
  placeOf,
  reindented,
  removal,
} from '../statements.js';

/**
 * A statement in the wrong place: swapped with a neighbour, moved further within its block, into the block before or after
 * it, or out of the block it is in. `ans += f[counts[i - 1]]` after the loop instead of in it (MdEval JavaScript/44);
 * `callback = once(callback)` after its use (async, SWE-smith ctrl_shuffle).
 */
export const moveStatement: MutationOperator = {
  name: 'move-statement',
  prior: 0.025,
  *propose(node, { file }: MutationContext): Iterable<Change> {
    const place = isStatement(node) ? placeOf(file, node) : undefined;
    if (!place || node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration' || node.end - node.start > 1500) return;
    const { list, index } = place;
    const what = brief(file.textOf(node), 50);
    const moved = (edit: Edit, where: string, weight: number): Change => ({
      summary: `move ${what} ${where}`,
      edits: [removal(file, node), edit],
      weight,
    });
    const textAt = (target: Node) => reindented(file, node, indentOf(file, target));

    const next = list[index + 1];
    if (next && !isFunction(next)) yield swapped(file, node, next);
    // A name that is declared further in is gone further out: only `var` may go there.
    const mayGoIn = node.type !== 'VariableDeclaration' || node.kind === 'var';
    const inner = next && mayGoIn && innerBlock(next);
    if (inner) yield moved(insertInto(file, inner, textInto(file, node, inner), 'start'), 'into the block after it', 0.6);
    const previous = list[index - 1];
    const into = previous && mayGoIn && innerBlock(previous);
    if (into && !leaves(blockBody(into).at(-1)))
      yield moved(insertInto(file, into, textInto(file, node, into), 'end'), 'into the block before it', 0.8);

    const block = file.parentOf(node);
    const outer = block?.type === 'BlockStatement' ? file.parentOf(block) : undefined;
    if (outer && !isFunction(outer) && placeOf(file, outer)) {
      if (index === list.length - 1) yield moved(insertAfter(file, outer, textAt(outer)), 'out of the block, after it', 0.7);
      if (index === 0) yield moved(insertBefore(file, outer, textAt(outer)), 'out of the block, before it', 0.6);
    }
    for (const [target, other] of list.entries()) {
      if (Math.abs(target - index) < 2 || list.length > 40) continue;
      if (target < index)
        yield moved(insertBefore(file, other, textAt(other)), `before ${brief(file.textOf(other), 40)}`, 0.3 / Math.sqrt(index - target));
      else yield moved(insertAfter(file, other, textAt(other)), `after ${brief(file.textOf(other), 40)}`, 0.3 / Math.sqrt(target - index));
    }
  },
};

const textInto = (file: SourceFile, node: Node, block: Node): string => {
  const first = blockBody(block)[0];
  return reindented(file, node, first ? indentOf(file, first) : indentOf(file, block));
};

/** The block of a loop or of an `if` without `else`. */
function innerBlock(node: Node): Node | undefined {
  if (node.type === 'IfStatement') return node.consequent.type === 'BlockStatement' ? node.consequent : undefined;
  if (
    node.type === 'ForStatement' ||
    node.type === 'ForOfStatement' ||
    node.type === 'ForInStatement' ||
    node.type === 'WhileStatement' ||
    node.type === 'DoWhileStatement'
  )
    return node.body.type === 'BlockStatement' ? node.body : undefined;
  return undefined;
}

function swapped(file: SourceFile, first: Node, second: Node): Change {
  const semi = /[;}]$/.test(file.textOf(second)) || file.text.slice(first.end, second.start).includes('\n') ? '' : ';';
  const touching = first.end === second.start;
  return {
    summary: `swap ${brief(file.textOf(first), 50)} and ${brief(file.textOf(second), 50)}`,
    edits: touching
      ? [replace(first, ''), insert(second.end, file.textOf(first))]
      : [replace(first, `${file.textOf(second)}${semi}`), replace(second, file.textOf(first))],
    weight: 0.7,
  };
}
