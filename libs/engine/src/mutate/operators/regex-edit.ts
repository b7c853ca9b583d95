import { replace } from '../../edits.js';
import type { MutationOperator } from '../mutation.js';

type Rewrite = readonly [weight: number, what: string, (pattern: string) => Iterable<string>];

/** Each place where `find` matches outside a character class (or anywhere), replaced by `to`, one at a time. */
const each = (find: RegExp, to: string | ((match: string) => string), most = 4) =>
  function* (pattern: string): Iterable<string> {
    let count = 0;
    for (const match of pattern.matchAll(new RegExp(find, 'g'))) {
      if (count++ >= most) return;
      yield pattern.slice(0, match.index) + (typeof to === 'string' ? to : to(match[0])) + pattern.slice(match.index + match[0].length);
    }
  };

const anchors = function* (pattern: string): Iterable<string> {
  const starts = pattern.startsWith('^');
  const ends = /(?<!\\)\$$/.test(pattern);
  const alternatives = pattern.includes('|') && !/^\^?\([^()]*\)\$?$/.test(pattern);
  const grouped = (text: string) => (alternatives ? `(?:${text})` : text);
  if (!starts) yield `^${grouped(pattern)}`;
  if (!ends) yield `${grouped(pattern)}$`;
  if (!starts && !ends) yield `^${grouped(pattern)}$`;
  if (starts) yield pattern.slice(1);
  if (ends) yield pattern.slice(0, -1);
};

const REWRITES: readonly Rewrite[] = [
  [0.5, 'anchors', anchors],
  [0.5, 'how often', each(/(?<=[\])\w.])(?<!\\)\+(?![?+])/, '*')],
  [0.4, 'how often', each(/(?<=[\])\w.])(?<!\\)\*(?![?+])/, '+')],
  [0.3, 'optional', each(/(?<=[\])\w:.-])(?<!\\|\(|\*|\+|\?|\})\?/, '')],
  [0.25, 'once or more', each(/\\[dwsDWS](?![*+?{])|(?<!\\)\[(?:\\.|[^\]\\])+\](?![*+?{])/, (match) => `${match}+`)],
  [0.2, 'optional', each(/\\[dws](?![*+?{])|(?<!\\)\)(?![*+?{])/, (match) => `${match}?`, 3)],
  [0.3, 'lazy', each(/(?<=[\])\w.])(?<!\\)[+*](?![?+])/, (match) => `${match}?`)],
  [0.2, 'greedy', each(/(?<=[+*])\?/, '')],
  [0.5, 'letters of both cases', each(/(?<=\[[^\]]*)a-z(?![^\]]*A-Z)(?<!A-Z[^\]]*)/, 'a-zA-Z', 2)],
  [0.5, 'letters of both cases', each(/(?<=\[[^\]]*)A-Z(?![^\]]*a-z)(?<!a-z[^\]]*)/, 'A-Za-z', 2)],
  [0.3, 'digits, too', each(/(?<=\[[^\]]*)[aA]-[zZ](?=\])/, (match) => `${match}0-9`, 2)],
  [0.2, 'underscores, too', each(/(?<=\[[^\]]*)(?:0-9|[aA]-[zZ])(?=\])/, (match) => `${match}_`, 2)],
  [0.2, 'hyphens, too', each(/(?<=\[[^\]]*[\w])(?=\])/, '-', 2)],
  [0.3, 'word characters', each(/\\d/, '\\w', 3)],
  [0.25, 'digits', each(/\\w/, '\\d', 3)],
  [0.3, 'the other class', each(/\\[dwsbDWSB]/, (match) => (match === match.toLowerCase() ? match.toUpperCase() : match.toLowerCase()), 3)],
  [0.4, 'a dot', each(/(?<!\\)(?<!\[[^\]]*)\.(?![*+?])/, '\\.', 3)],
  [0.2, 'any character', each(/\\\./, '.', 2)],
  [0.25, 'excluded', each(/(?<!\\)\[(?!\^)/, '[^', 2)],
  [0.3, 'included', each(/(?<!\\)\[\^/, '[', 2)],
  [0.2, 'a whole word', (pattern) => (/^[\w\s]+$/.test(pattern) ? [`\\b${pattern}\\b`] : [])],
];
const MAX_CHANGES = 24;

/**
 * Another regular expression: anchors, flags, quantifiers, classes, escapes; only ones that JavaScript accepts. 2 % of one-edit fixes
 * (Stryker's Regex mutator inverted; Eghbali & Pradel 2020 and Larson 2016 on the faults of regular expressions: too strict or too lax
 * quantifiers, missing anchors, one case only).
 */
export const regexEdit: MutationOperator = {
  name: 'regex-edit',
  prior: 0.06,
  *propose(node) {
    if (node.type !== 'Literal' || !('regex' in node) || node.regex === null || node.regex === undefined) return;
    const { pattern, flags } = node.regex;
    if (pattern.length > 400) return;
    const seen = new Set<string>([`/${pattern}/${flags}`]);
    let count = 0;
    for (const { pattern: other, flags: set, weight, what } of rewritten(pattern, flags)) {
      const text = `/${other}/${set}`;
      if (seen.has(text) || other === '' || !accepted(other, set) || count >= MAX_CHANGES) continue;
      seen.add(text);
      count++;
      yield { summary: `${what}: ${text}`, edits: [replace({ start: node.start, end: node.end }, text)], weight };
    }
  },
};

function* rewritten(pattern: string, flags: string): Iterable<{ pattern: string; flags: string; weight: number; what: string }> {
  for (const [flag, what, weight] of [
    ['g', 'every match', 0.9],
    ['i', 'either case', 0.7],
    ['m', 'every line', 0.2],
    ['u', 'Unicode', 0.1],
    ['s', 'across lines', 0.15],
  ] as const) {
    if (!flags.includes(flag)) yield { pattern, flags: flags + flag, weight, what };
    else if (flag === 'g' || flag === 'i') yield { pattern, flags: flags.replace(flag, ''), weight: 0.35, what: `not ${what}` };
  }
  for (const [weight, what, rewrite] of REWRITES) for (const other of rewrite(pattern)) yield { pattern: other, flags, weight, what };
}

function accepted(pattern: string, flags: string): boolean {
  try {
    new RegExp(pattern, flags);
    return true;
  } catch {
    return false;
  }
}
