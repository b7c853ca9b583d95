import { isFunction, type Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import type { Change, MutationContext, MutationOperator } from '../mutation.js';
import { insertAfter, insertInto, leaves, semicolonOf, statementsOf } from '../statements.js';

const LOOPS = new Set(['ForStatement', 'ForOfStatement', 'ForInStatement', 'WhileStatement', 'DoWhileStatement']);

/**
 * A missing `break`, `continue` or bare `return`: at the end of a switch case that falls through (ESLint `no-fallthrough`),
 * of an `if` in a loop, or of an `if` that handles a special case in a function (`if (err) { callback(err) }` goes on).
 */
export const missingJump: MutationOperator = {
  name: 'missing-jump',
  prior: 0.03,
  *propose(node, { file }: MutationContext): Iterable<Change> {
    const semi = semicolonOf(file);
    if (node.type === 'SwitchCase') {
      const last = node.consequent.at(-1);
      const parent = file.parentOf(node);
      const final = parent?.type === 'SwitchStatement' && parent.cases.at(-1) === node;
      if (last && !final && !leaves(last))
        yield { summary: 'break at the end of the case', edits: [insertAfter(file, last, `break${semi}`)], weight: 1 };
      return;
    }
    if (node.type !== 'IfStatement') return;
    for (const [body, share] of [
      [node.consequent, 1],
      [node.alternate, 0.5],
    ] as const) {
      if (!body || body.type === 'IfStatement') continue;
      const last = statementsOf(body)?.at(-1) ?? body;
      if (leaves(last)) continue;
      for (const [jump, weight] of jumps(file, node))
        yield {
          summary: `${jump} at the end of the branch`,
          edits: [insertInto(file, body, `${jump}${semi}`, 'end')],
          weight: weight * share,
        };
    }
  },
};

function* jumps(file: SourceFile, at: Node): Iterable<[string, number]> {
  for (const ancestor of file.ancestorsOf(at)) {
    if (LOOPS.has(ancestor.type)) {
      yield ['break', 0.8];
      yield ['continue', 0.6];
      return;
    }
    if (ancestor.type === 'SwitchCase') yield ['break', 0.6];
    if (!isFunction(ancestor)) continue;
    yield ['return', 0.8];
    return;
  }
}
