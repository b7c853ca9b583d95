import { type Node, nearestNames, replace, type SourceFile } from '@selfheal/engine';
import type { Proposal } from '../shared/playbook.js';
import { fixOf } from './fix.js';

const GLOBALS = [
  ...Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Za-z]\w{2,}$/.test(name)),
  'require',
  'module',
  'exports',
  '__dirname',
  '__filename',
];

/** Words of other languages that mean a value or a function of this one. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ['None', 'null'],
  ['nil', 'null'],
  ['NULL', 'null'],
  ['Null', 'null'],
  ['True', 'true'],
  ['TRUE', 'true'],
  ['False', 'false'],
  ['FALSE', 'false'],
  ['self', 'this'],
  ['print', 'console.log'],
  ['println', 'console.log'],
  ['echo', 'console.log'],
  ['str', 'String'],
  ['int', 'parseInt'],
  ['float', 'parseFloat'],
  ['abs', 'Math.abs'],
  ['max', 'Math.max'],
  ['min', 'Math.min'],
  ['round', 'Math.round'],
  ['floor', 'Math.floor'],
  ['ceil', 'Math.ceil'],
  ['sqrt', 'Math.sqrt'],
  ['pow', 'Math.pow'],
  ['random', 'Math.random'],
  ['isInteger', 'Number.isInteger'],
  ['isArray', 'Array.isArray'],
  ['undefine', 'undefined'],
  ['inf', 'Infinity'],
]);

/** A misspelt global, or a word of another language. */
export function globals(file: SourceFile, use: Node, uses: readonly Node[], name: string): Proposal[] {
  const make = (text: string, score: number) =>
    fixOf(
      file,
      uses.map((node) => replace(node, text)),
      'global',
      `use ${text} instead of ${name}`,
      score,
    );
  const parent = file.parentOf(use);
  const foreign = FOREIGN.get(name);
  const found = [...(foreign ? [make(foreign, 0.88)] : [])];
  if ((name === 'len' || name === 'count' || name === 'sizeof') && parent?.type === 'CallExpression' && parent.arguments.length === 1)
    found.push(
      fixOf(
        file,
        [replace(parent, `${file.textOf(parent.arguments[0] as Node)}.length`)],
        'global',
        `use .length instead of ${name}()`,
        0.9,
      ),
    );
  return [
    ...found,
    ...swapped(name).map((other) => make(other, 0.93)),
    ...nearestNames(name, GLOBALS, 0.65)
      .slice(0, 3)
      .map(({ name: other, score }) => make(other, 0.45 + 0.5 * score)),
  ];
}

/** Globals with the same letters in another order: `Maht`. */
const swapped = (name: string): string[] => {
  const letters = [...name].sort().join('');
  return GLOBALS.filter((other) => other !== name && other.length === name.length && [...other].sort().join('') === letters).slice(0, 2);
};
