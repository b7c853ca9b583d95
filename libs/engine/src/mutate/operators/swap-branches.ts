import { replace } from '../../edits.js';
import type { Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import type { Change, MutationContext, MutationOperator } from '../mutation.js';
import { blockBody, brief, indentOf, placeOf, reindented } from '../statements.js';

/**
 * The branches of an `if` or a ternary the other way round: `if (insertAtFront) q.push(item) else q.unshift(item)` (async,
 * SWE-smith ctrl_invert_if; dayjs issue 1954 has it in six locales). Also an early return with the return after it:
 * `if (sorted) return false; return true` (HumanEvalFix JavaScript/57).
 */
export const swapBranches: MutationOperator = {
  name: 'swap-branches',
  prior: 0.13,
  *propose(node, { file }: MutationContext): Iterable<Change> {
    if (node.type === 'ConditionalExpression') {
      yield change(file, node.test, node.consequent, node.alternate, 1);
    } else if (node.type === 'IfStatement' && node.alternate) {
      if (node.alternate.type !== 'IfStatement') {
        yield change(file, node.test, node.consequent, node.alternate, 1);
        return;
      }
      const chain = chainOf(node);
      for (let i = 1; i < chain.length; i++) yield change(file, node.test, node.consequent, chain[i] as Node, 0.6 / i);
    } else if (node.type === 'IfStatement') {
      const place = placeOf(file, node);
      const next = place?.list[place.index + 1];
      const inner = blockBody(node.consequent).at(-1);
      if (next?.type === 'ReturnStatement' && inner?.type === 'ReturnStatement' && next.argument && inner.argument)
        yield change(file, node.test, inner.argument, next.argument, 0.9);
    }
  },
};

/** The bodies of an else-if chain, the last `else` included. */
function chainOf(node: Node): Node[] {
  if (node.type !== 'IfStatement') return [node];
  return [node.consequent, ...(node.alternate ? chainOf(node.alternate) : [])];
}

function change(file: SourceFile, test: Node, first: Node, second: Node, weight: number): Change {
  const block = (node: Node, other: Node) => {
    const text = reindented(file, node, indentOf(file, other));
    const needsEnd = other.end === first.end && first.type.endsWith('Statement') && !/[;}]$/.test(text);
    return needsEnd ? `${text};` : text;
  };
  return {
    summary: `swap the branches of ${brief(file.textOf(test))}`,
    edits: [replace(first, block(second, first)), replace(second, block(first, second))],
    weight,
  };
}
