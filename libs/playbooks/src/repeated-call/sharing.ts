import { memberName, type Node, patternNames, type SourceFile } from '@selfheal/engine';
import { changesOf, MUTATING_METHODS, namesIn } from '../shared/iterations.js';

const READ_ONLY = new Set(['BinaryExpression', 'UnaryExpression', 'TemplateLiteral', 'LogicalExpression', 'IfStatement', 'SpreadElement']);

/**
 * Whether one value may stand for the many that `node` would make in `region`: each turn only reads from it. A value that
 * a turn changes or hands on (`out.push(row)`) must be its own.
 */
export function isShareable(file: SourceFile, node: Node, region: Node): boolean {
  const parent = file.parentOf(node);
  if (!parent) return false;
  if (READ_ONLY.has(parent.type)) return true;
  if (parent.type === 'MemberExpression') return parent.object !== node || isRead(file, parent);
  if (parent.type === 'ForOfStatement') return parent.right === node;
  if (parent.type !== 'VariableDeclarator' || parent.init !== node) return false;
  return patternNames(parent.id).every(
    ({ name, start }) =>
      changesOf(file, name, region).length === 0 &&
      namesIn(file, region).every((use) => use.name !== name || use.start === start || isShareable(file, use, region)),
  );
}

/** A property that is read, not assigned, deleted or called to change its object. */
function isRead(file: SourceFile, member: Node & { type: 'MemberExpression' }): boolean {
  const parent = file.parentOf(member);
  if (parent?.type === 'AssignmentExpression') return parent.left !== member;
  if (parent?.type === 'UpdateExpression' || (parent?.type === 'UnaryExpression' && parent.operator === 'delete')) return false;
  if (parent?.type === 'CallExpression' && parent.callee === member) return !MUTATING_METHODS.has(memberName(member) ?? '');
  return true;
}
