import { insert, replace } from '../../edits.js';
import { type Node, unwrap } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { brief } from '../facts/brief.js';
import { ARRAY_METHODS, kindOf, STRING_METHODS } from '../facts/kinds.js';
import { isCondition, isValue } from '../facts/places.js';
import { fitted, operand } from '../facts/precedence.js';
import { isWritten, scopesOf } from '../facts/scopes.js';
import type { Change, MutationOperator } from '../mutation.js';

/**
 * What may be missing is dealt with in place: `a?.b`, `x || []`, a parameter's default, `x != null &&` in front of a condition that
 * reads a property of x. 4 % of one-edit fixes (null checks are the commonest single template of real fixes: 12 % of the patches of
 * Defects4J, Sobreira et al., SANER 2018; TBar's T2; 7 % of BugsJS).
 */
export const missingDefault: MutationOperator = {
  name: 'missing-default',
  prior: 0.03,
  *propose(node, { file }) {
    if (node.type === 'MemberExpression') yield* optional(file, node);
    if (node.type === 'Identifier' && parameterOf(file, node)) yield* parameterDefault(file, node);
    if (node.type === 'MemberExpression' || node.type === 'Identifier' || node.type === 'CallExpression') yield* fallback(file, node);
    if (isCondition(file, node) && node.type !== 'Identifier') yield* guarded(file, node);
  },
};

function* optional(file: SourceFile, node: Extract<Node, { type: 'MemberExpression' }>): Iterable<Change> {
  const object = unwrap(node.object);
  if (
    node.optional ||
    isWritten(file, node) ||
    ['Super', 'ThisExpression', 'Literal', 'ArrayExpression', 'TemplateLiteral'].includes(object.type)
  )
    return;
  if (object.type === 'Identifier' && (/^[A-Z]/.test(object.name) || !scopesOf(file).variableOf(object))) return;
  for (let at: Node | undefined = node; at; at = file.parentOf(at)) {
    const parent: Node | undefined = file.parentOf(at);
    if (isWritten(file, at) || (parent?.type === 'NewExpression' && parent.callee === at) || parent?.type === 'TaggedTemplateExpression')
      return;
    if (parent?.type !== 'MemberExpression' && parent?.type !== 'CallExpression') break;
    if (parent.type === 'MemberExpression' ? parent.object !== at : parent.callee !== at) break;
  }
  const dot = file.text
    .slice(node.object.end, node.property.start)
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => ' '.repeat(comment.length));
  const at = node.object.end + dot.search(node.computed ? /\[/ : /\./);
  if (at < node.object.end || dot.includes('?.')) return;
  const edits = node.computed ? [insert(at, '?.')] : [insert(at, '?')];
  yield { summary: `${brief(file, node.object, 50)}?.`, edits, weight: object.type === 'Identifier' ? 0.25 : 0.35 };
}

const parameterOf = (file: SourceFile, node: Node): boolean => {
  const parent = file.parentOf(node);
  return parent !== undefined && 'params' in parent && Array.isArray(parent.params) && (parent.params as readonly unknown[]).includes(node);
};

function* parameterDefault(file: SourceFile, node: Extract<Node, { type: 'Identifier' }>): Iterable<Change> {
  const parent = file.parentOf(node);
  // `x => …` would need parentheses.
  if (parent?.type === 'ArrowFunctionExpression' && !file.text.slice(parent.start, node.start).includes('(')) return;
  const variable = scopesOf(file).resolve(node.name, node);
  const kind = variable?.references[0] ? kindOf(file, variable.references[0]) : undefined;
  const values =
    kind === 'number'
      ? ['0', '1']
      : kind === 'string'
        ? ["''"]
        : kind === 'array'
          ? ['[]']
          : kind === 'function'
            ? ['() => {}']
            : ['{}', '[]'];
  for (const [i, value] of values.entries())
    yield { summary: `${node.name} is ${value} unless given`, edits: [insert(node.end, ` = ${value}`)], weight: 0.12 / (1 + i) };
}

function* fallback(file: SourceFile, node: Node): Iterable<Change> {
  const parent = file.parentOf(node);
  if (!isValue(file, node) || isCondition(file, node) || parent?.type === 'ExpressionStatement' || parent?.type === 'LogicalExpression')
    return;
  if (node.type === 'Identifier' && !scopesOf(file).variableOf(node)) return;
  const used =
    parent?.type === 'MemberExpression' && parent.object === node && parent.property.type === 'Identifier' && !parent.computed
      ? parent.property.name
      : undefined;
  const kind = kindOf(file, node);
  const place = node.type === 'Identifier' ? 0.6 : 1;
  const plain =
    parent?.type === 'ReturnStatement' ||
    parent?.type === 'AssignmentExpression' ||
    parent?.type === 'VariableDeclarator' ||
    parent?.type === 'BinaryExpression' ||
    parent?.type === 'CallExpression' ||
    parent?.type === 'ForOfStatement';
  if (used === undefined && !plain) return;
  const values: readonly (readonly [string, number])[] =
    used !== undefined && STRING_METHODS.has(used)
      ? [["''", 0.2]]
      : used !== undefined && (ARRAY_METHODS.has(used) || used === 'length')
        ? [['[]', 0.2]]
        : used !== undefined
          ? [['{}', 0.12]]
          : parent?.type === 'ForOfStatement'
            ? [['[]', 0.3]]
            : kind === 'number'
              ? [
                  ['0', 0.12],
                  ['1', 0.03],
                ]
              : kind === 'string'
                ? [["''", 0.12]]
                : kind === 'array' || kind === 'list'
                  ? [['[]', 0.1]]
                  : node.type === 'Identifier'
                    ? [
                        ['{}', 0.06],
                        ['null', 0.03],
                        ['0', 0.03],
                      ]
                    : [
                        ['0', 0.12],
                        ["''", 0.08],
                        ['[]', 0.08],
                        ['{}', 0.06],
                        ['null', 0.08],
                      ];
  if (kind === 'boolean' || kind === 'function') return;
  for (const [value, weight] of values)
    yield {
      summary: `${brief(file, node, 50)} || ${value}`,
      edits: [replace(node, fitted(file, node, `${operand(file, node, 4)} || ${value}`, 4))],
      weight: weight * place,
    };
}

/** `x && …` in front of a condition that reads a property of x. */
function* guarded(file: SourceFile, node: Node): Iterable<Change> {
  if (!isValue(file, node)) return;
  const own = file.textOf(node);
  const objects = new Set<string>();
  for (const part of file.within(node).slice(0, 60)) {
    if (part.type !== 'MemberExpression' || part.optional) continue;
    const object = unwrap(part.object);
    if (
      object.type === 'Identifier' ? scopesOf(file).variableOf(object) && !/^[A-Z]/.test(object.name) : object.type === 'MemberExpression'
    )
      objects.add(file.textOf(object));
  }
  for (const object of [...objects].slice(0, 3)) {
    if (own.startsWith(`${object} &&`) || (node.type === 'LogicalExpression' && node.operator !== '&&')) continue;
    const parent = file.parentOf(node);
    if (parent?.type === 'LogicalExpression' && parent.operator === '&&') continue;
    yield {
      summary: `${object} must be there first`,
      edits: [replace(node, fitted(file, node, `${object} && ${operand(file, node, 5)}`, 5))],
      weight: 0.3,
    };
  }
}
