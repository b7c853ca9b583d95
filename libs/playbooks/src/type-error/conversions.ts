import { insert, isFunction, type Node, replace, stringValue } from '@selfheal/engine';
import { assignedValue, type Spot, type TypeFix, typeFix } from './spot.js';

const NOT_ASSIGNABLE = /^(?:Type|Argument of type) '(.{1,400}?)' is not assignable to (?:type|parameter of type) '(.{1,400}?)'\./;

/** TS2322, TS2345: text where a number is wanted and the other way round, a promise where its value is, `undefined` where none may be. */
export const conversion: TypeFix = (spot) => {
  const [, from = '', to = ''] = NOT_ASSIGNABLE.exec(spot.diagnostic.message) ?? [];
  const value = spot.diagnostic.code === 2345 ? spot.widest : assignedValue(spot);
  if (!value || !from) return [];
  const { file } = spot;
  const text = file.textOf(value);
  const wanted = to.replace(/ \| undefined$/, '');
  const fix = (edit: { start: number; end: number; text: string }, template: string, summary: string, score: number) => [
    typeFix({ [file.path]: [edit] }, template, summary, score),
  ];
  const is = (type: string, name: string) => type === name || (name === 'string' ? /^"[^"]*"$/.test(type) : /^-?\d+(?:\.\d+)?$/.test(type));
  if (is(from, 'string') && wanted === 'number') {
    const literal = stringValue(value);
    if (literal !== undefined && /^-?\d+(?:\.\d+)?$/.test(literal.trim()))
      return fix(replace(value, literal.trim()), 'to-number', `${text} as a number`, 0.95);
    return literal === undefined ? fix(replace(value, `Number(${text})`), 'to-number', `${text} as a number`, 0.93) : [];
  }
  if (is(from, 'number') && wanted === 'string') {
    const literal = /^-?\d+(?:\.\d+)?$/.test(text);
    return fix(replace(value, literal ? `'${text}'` : `String(${text})`), 'to-string', `${text} as a text`, 0.93);
  }
  if (from === 'string' && wanted === 'boolean')
    return fix(replace(value, `${wrapped(value, text)} === 'true'`), 'to-boolean', `${text} as a boolean`, 0.7);
  if (from === `Promise<${to}>` || from === `Promise<${wanted}>`) return awaited(spot, value);
  const parts = from.split(' | ');
  const without = parts.filter((part) => part !== 'undefined' && part !== 'null').join(' | ');
  const fallback = { string: "''", number: '0', boolean: 'false' }[wanted] ?? (/\[\]$/.test(wanted) ? '[]' : undefined);
  if (without !== from && (without === wanted || (wanted === 'boolean' && without === 'boolean')) && fallback)
    return fix(replace(value, `${wrapped(value, text)} ?? ${fallback}`), 'default', `${fallback} when ${text} is missing`, 0.8);
  if (from === 'null' && parts.length === 1 && to.includes('undefined'))
    return fix(replace(value, 'undefined'), 'undefined', 'undefined instead of null', 0.8);
  if (from === 'undefined' && to.includes('null')) return fix(replace(value, 'null'), 'null', 'null instead of undefined', 0.8);
  return [];
};

function awaited({ file }: Spot, value: Node) {
  const fn = file.enclosingFunction(value);
  if (fn && isFunction(fn) && !fn.async) return [];
  return [typeFix({ [file.path]: [insert(value.start, 'await ')] }, 'await', `await ${file.textOf(value).slice(0, 80)}`, 0.94)];
}

const SIMPLE = new Set([
  'Identifier',
  'MemberExpression',
  'CallExpression',
  'ChainExpression',
  'Literal',
  'TemplateLiteral',
  'AwaitExpression',
]);
const wrapped = (value: Node, text: string): string => (SIMPLE.has(value.type) ? text : `(${text})`);
