/** The constants that code and its comments already name: the likeliest right ones. */
import type { Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { outermostFunction } from './places.js';

/** Comments and functions are read up to this many characters and nodes. */
const MAX_COMMENT = 8_000;
const MAX_NODES = 4_000;
/** The file's own constants, most frequent first, up to this many. */
const MAX_FILE = 200;

export interface Literals {
  /** By how often each is written. */
  readonly numbers: ReadonlyMap<number, number>;
  readonly strings: ReadonlyMap<string, number>;
}

const ofFunction = new WeakMap<Node, Literals>();
const ofFile = new WeakMap<SourceFile, Literals>();
const docs = new WeakMap<Node, string>();

const count = <K>(map: Map<K, number>, key: K): unknown => map.set(key, (map.get(key) ?? 0) + 1);

function collect(nodes: readonly Node[]): Literals {
  const numbers = new Map<number, number>();
  const strings = new Map<string, number>();
  for (const node of nodes) {
    if (node.type !== 'Literal') continue;
    if (typeof node.value === 'number') count(numbers, node.value);
    else if (typeof node.value === 'string' && node.value.length <= 200) count(strings, node.value);
  }
  return { numbers, strings };
}

/** The constants of the outermost function around the node. */
export function literalsNear(file: SourceFile, node: Node): Literals {
  const holder = outermostFunction(file, node);
  const known = ofFunction.get(holder);
  if (known) return known;
  const found = collect(file.within(holder).slice(0, MAX_NODES));
  ofFunction.set(holder, found);
  return found;
}

/** The constants of the whole file. */
export function literalsOf(file: SourceFile): Literals {
  const known = ofFile.get(file);
  if (known) return known;
  const all = collect(file.nodes);
  const most = <K>(map: ReadonlyMap<K, number>) => new Map([...map].sort((a, b) => b[1] - a[1]).slice(0, MAX_FILE));
  const found = { numbers: most(all.numbers), strings: most(all.strings) };
  ofFile.set(file, found);
  return found;
}

/** The comments right above the outermost function around the node, and those inside it. Empty when there are none. */
export function docOf(file: SourceFile, node: Node): string {
  const holder = outermostFunction(file, node);
  const known = docs.get(holder);
  if (known !== undefined) return known;
  let start = holder.start;
  for (let at: Node | undefined = holder; at && !/Program|BlockStatement|ClassBody|ObjectExpression/.test(at.type); at = file.parentOf(at))
    start = at.start;
  const inside = holder === file.program ? [] : file.comments.filter((comment) => comment.start >= start && comment.end <= holder.end);
  const above: string[] = [];
  for (let i = file.comments.length - 1, edge = start; i >= 0 && holder !== file.program; i--) {
    const comment = file.comments[i];
    if (!comment || comment.end > edge) continue;
    if (!/^\s*(?:export\s+(?:default\s+)?)?$/.test(file.text.slice(comment.end, edge))) break;
    above.unshift(comment.value);
    edge = comment.start;
  }
  const text = [...above, ...inside.map((comment) => comment.value)].join('\n').slice(0, MAX_COMMENT);
  docs.set(holder, text);
  return text;
}

const NUMBER_WORDS: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  single: 1,
  two: 2,
  twice: 2,
  double: 2,
  second: 2,
  pair: 2,
  half: 2,
  square: 2,
  squared: 2,
  three: 3,
  third: 3,
  triple: 3,
  cube: 3,
  cubed: 3,
  four: 4,
  fourth: 4,
  five: 5,
  six: 6,
  seven: 7,
  week: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  decimal: 10,
  dozen: 12,
  hundred: 100,
  percent: 100,
};

/** Numbers that a comment names in figures or words. */
export const numbersIn = (text: string): number[] => [
  ...new Set([
    ...(text.match(/(?<![\w.])\d+(?:\.\d+)?(?![\w])/g) ?? []).map(Number),
    ...(text.toLowerCase().match(/[a-z]+/g) ?? []).flatMap((word) => NUMBER_WORDS[word] ?? []),
  ]),
];

/** Strings that a comment quotes, of at most 40 characters. */
export const stringsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/(['"`“‘])([^'"`“”‘’\n]{0,40})['"`”’]/g)].map((match) => match[2] ?? '')),
];
