import { insert, memberName, type Node, replace, type SourceFile } from '@selfheal/engine';
import type { Proposal } from '../shared/playbook.js';
import type { FailedCall } from './failed-call.js';
import { fixOf } from './fix.js';

const LIST = new Set(
  'map filter forEach reduce some every find findIndex findLast flatMap flat slice sort concat join includes indexOf reverse fill splice'.split(
    ' ',
  ),
);
const TEXT = new Set(
  'split replace replaceAll trim toUpperCase toLowerCase charAt charCodeAt startsWith endsWith match matchAll substring substr padStart padEnd repeat localeCompare slice includes indexOf'.split(
    ' ',
  ),
);
const NUMBER = new Set(['toFixed', 'toPrecision', 'toExponential']);
const TIME = new Set(
  'getTime getFullYear getMonth getDate getDay getHours getMinutes toISOString toDateString toLocaleDateString'.split(' '),
);

/** The method is right and the value is of another type: it becomes one that has the method. */
export function conversions({ file, call }: FailedCall): Proposal[] {
  const { callee } = call;
  if (callee.type !== 'MemberExpression') return [];
  const name = memberName(callee);
  const { object } = callee;
  if (name === undefined || object.type === 'ThisExpression' || object.type === 'Super') return [];
  const wrap = (before: string, after: string, score: number): Proposal =>
    fixOf(
      file,
      [insert(object.start, before), insert(object.end, after)],
      'convert',
      `${before}${short(file, object)}${after} has ${name}`,
      score,
    );
  const found: Proposal[] = [];
  if (LIST.has(name))
    found.push(
      wrap('Array.from(', ')', file.textOf(object) === 'arguments' ? 0.95 : 0.62),
      wrap('Object.values(', ')', 0.6),
      wrap('Object.entries(', ')', 0.5),
      wrap('Object.keys(', ')', 0.5),
      wrap('[].concat(', ')', 0.48),
    );
  if (TEXT.has(name)) found.push(wrap('String(', ')', 0.72), wrap('(', ` ?? '')`, 0.35));
  if (NUMBER.has(name)) found.push(wrap('Number(', ')', 0.9));
  if (TIME.has(name)) found.push(wrap('new Date(', ')', 0.9));
  if (name === 'then' || name === 'catch' || name === 'finally') found.push(wrap('Promise.resolve(', ')', 0.85));
  if (name === 'push' || name === 'unshift') found.push(wrap('Array.from(', ')', 0.2));
  if (name === 'push') found.push(fixOf(file, [replace(callee.property, 'add')], 'method', 'add to the set', 0.5));
  if (object.type === 'CallExpression') found.push(wrap('(await ', ')', 0.55));
  return found.filter(({ edits }) => canAwait(file, call) || !JSON.stringify(edits).includes('await '));
}

const short = (file: SourceFile, node: Node): string => file.textOf(node).slice(0, 40);

function canAwait(file: SourceFile, call: Node): boolean {
  const fn = file.enclosingFunction(call);
  return fn ? fn.async : file.program.body.some((node) => node.type === 'ImportDeclaration');
}
