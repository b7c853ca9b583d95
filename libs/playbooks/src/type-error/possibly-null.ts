import { insert, isFunction, type Node, replace } from '@selfheal/engine';
import { indentOf, statementOf } from '../shared/objects.js';
import type { Proposal } from '../shared/playbook.js';
import { type Spot, type TypeFix, typeFix } from './spot.js';

/** TS2531, TS2532, TS2533, TS18047, TS18048, TS18049, TS2722: what may be null is read or called. Optional chaining, else a guard. */
export const possiblyNull: TypeFix = (spot) =>
  nullableNodes(spot).flatMap((object, i) => fixesFor(spot, object).map((fix) => ({ ...fix, score: fix.score - 0.1 * i })));

/**
 * The expressions that the diagnostic may mean, likeliest first. It gives only where the expression begins: a name that it
 * quotes says where it ends; without one it is a link of the chain that begins there, a call's or an element's rather.
 */
function nullableNodes({ file, node, widest, diagnostic }: Spot): Node[] {
  const chain = [node, ...file.ancestorsOf(node)].filter((at) => at.start === node.start && at.end <= widest.end);
  const named = /^'(.{1,200})' is possibly/.exec(diagnostic.message)?.[1];
  if (named) return chain.filter((at) => file.textOf(at) === named).slice(0, 1);
  const called = (at: Node) => {
    const parent = file.parentOf(at);
    return parent?.type === 'CallExpression' && parent.callee === at;
  };
  if (diagnostic.code === 2722) return chain.filter(called).slice(0, 2);
  const isResult = (at: Node) => at.type === 'CallExpression' || (at.type === 'MemberExpression' && at.computed);
  const links = chain.filter((at) => at.type !== 'Identifier' && !called(at));
  return [...links.filter(isResult), ...links.filter((at) => !isResult(at))].slice(0, 3);
}

function fixesFor(spot: Spot, object: Node): Proposal[] {
  const { file } = spot;
  const parent = file.parentOf(object);
  const text = file.textOf(object);
  const summary = `${text.slice(0, 80)} may be missing`;
  const fix = (edit: { start: number; end: number; text: string }, template: string, score: number) => [
    typeFix({ [file.path]: [edit] }, template, summary, score),
    ...guard(spot, object, summary),
  ];
  switch (parent?.type) {
    case 'MemberExpression': {
      if (parent.object !== object || parent.optional || isAssigned(spot, parent)) return guard(spot, object, summary);
      const at = file.text.indexOf(parent.computed ? '[' : '.', object.end);
      return at < 0 ? [] : fix(insert(at, parent.computed ? '?.' : '?'), 'optional', 0.9);
    }
    case 'CallExpression':
      return parent.callee === object ? fix(insert(object.end, '?.'), 'optional-call', 0.88) : [];
    case 'BinaryExpression':
      return /^[-+*/%<>]/.test(parent.operator) ? fix(replace(object, `(${text} ?? 0)`), 'default', 0.8) : [];
    case 'ForOfStatement':
    case 'SpreadElement':
      return fix(insert(object.end, ' ?? []'), 'default', 0.85);
    default:
      return guard(spot, object, summary);
  }
}

const isAssigned = ({ file }: Spot, member: Node): boolean => {
  const parent = file.parentOf(member);
  return (parent?.type === 'AssignmentExpression' && parent.left === member) || parent?.type === 'UpdateExpression';
};

/** `if (x == null) throw new Error(…)` before the statement; for a plain name or path, whose narrowing the compiler follows. */
function guard({ file }: Spot, object: Node, summary: string): Proposal[] {
  const text = file.textOf(object);
  const statement = statementOf(file, object);
  if (!statement || !/^[\w$.]+$/.test(text) || !file.ancestorsOf(object).some(isFunction)) return [];
  const edit = insert(statement.start, `if (${text} == null) throw new Error('${text} is missing');\n${indentOf(file, statement)}`);
  return [typeFix({ [file.path]: [edit] }, 'guard', `${summary}: say so`, 0.5)];
}
