import { replace } from '../../edits.js';
import { isFunction, type Node } from '../../nodes.js';
import type { Change, MutationContext, MutationOperator } from '../mutation.js';
import { blockBody, brief, indentOf, isStatement, placeOf, reindented, removal } from '../statements.js';

/**
 * Statements that should not be there ("excess logic" in HumanEvalPack, Muennighoff et al. 2023): removed; or their guard
 * removed, so that what was conditional always happens; or an `else` dropped.
 * Prior: deletions alone make up few real fixes, and many wrong ones pass weak tests (Qi et al.: "An analysis of patch
 * plausibility", ISSTA 2015), so this ranks low.
 */
export const deleteStatement: MutationOperator = {
  name: 'delete-statement',
  prior: 0.04,
  *propose(node, { file }: MutationContext): Iterable<Change> {
    if (!isStatement(node) || node.type === 'BlockStatement' || node.type === 'ClassDeclaration') return;
    const place = placeOf(file, node);
    const parent = file.parentOf(node);
    if (!place && !(parent?.type === 'IfStatement' && parent.alternate === node)) return;
    if (parent?.type === 'IfStatement' && parent.alternate === node) {
      yield {
        summary: `remove the else branch ${brief(file.textOf(node))}`,
        edits: [replace({ start: parent.consequent.end, end: node.end }, '')],
        weight: 0.5,
      };
      return;
    }
    if (node.type === 'IfStatement' && !node.alternate) {
      const bodies = blockBody(node.consequent);
      const indent = indentOf(file, node);
      const kept = bodies.map((body) => reindented(file, body, indent)).join(`\n${indent}`);
      if (bodies.length > 0 && bodies.length <= 4)
        yield { summary: `do ${brief(kept, 40)} whatever ${brief(file.textOf(node.test), 40)}`, edits: [replace(node, kept)], weight: 0.3 };
    }
    if (node.type === 'FunctionDeclaration' || isLoadBearing(node)) return;
    if (node.end - node.start > 400) return;
    yield { summary: `remove ${brief(file.textOf(node))}`, edits: [removal(file, node)], weight: weightOf(node) };
  },
};

/** Without these the file would hardly load. */
const isLoadBearing = (node: Node): boolean =>
  node.type === 'ImportDeclaration' ||
  (node.type === 'VariableDeclaration' && (node.declarations.length > 1 || isFunction(node.declarations[0]?.init ?? undefined)));

function weightOf(node: Node): number {
  switch (node.type) {
    case 'IfStatement':
    case 'ExpressionStatement':
      return 0.8;
    case 'BreakStatement':
    case 'ContinueStatement':
      return 0.9;
    case 'ReturnStatement':
      return 0.5;
    case 'VariableDeclaration':
      return 0.15;
    default:
      return 0.3;
  }
}
