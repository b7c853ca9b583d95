import { insert } from '../../edits.js';
import type { Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { brief } from '../facts/brief.js';
import { kindOf } from '../facts/kinds.js';
import type { Change, MutationOperator } from '../mutation.js';

/**
 * A statement that reads a value and does nothing with it: a step or a call was meant. 1 % of one-edit fixes, and certain to be wrong
 * where it stands (eslint's no-unused-expressions; MdEval JavaScript/40 lacks a `++`).
 */
export const effectlessStatement: MutationOperator = {
  name: 'effectless-statement',
  prior: 0.3,
  *propose(node, { file }) {
    yield* effectless(file, node);
  },
};

function* effectless(file: SourceFile, node: Node): Iterable<Change> {
  const parent = file.parentOf(node);
  if (parent?.type !== 'ExpressionStatement' || (node.type !== 'MemberExpression' && node.type !== 'Identifier')) return;
  const kind = kindOf(file, node);
  for (const [text, weight] of [
    ['++', kind === 'function' ? 0.2 : 1],
    ['--', 0.5],
    ['()', kind === 'function' ? 1 : 0.3],
    [' = true', 0.1],
    [' = 0', 0.1],
  ] as const)
    yield { summary: `${brief(file, node)}${text}`, edits: [insert(node.end, text)], weight };
}
