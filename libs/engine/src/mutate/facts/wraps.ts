/** The calls that are often missing, by the kind of value, and the words of a comment that speak for each. */
import type { Kind } from './kinds.js';

/** A way of calling something on a value: `%` stands for the value; a word of the comment that speaks for it. */
export interface Wrap {
  readonly text: string;
  readonly weight: number;
  readonly says?: RegExp;
  /** Without the word it is not proposed. */
  readonly only?: boolean;
}

const NUMBER: readonly Wrap[] = [
  { text: 'Math.abs(%)', weight: 0.3, says: /\babs|\bdistance|\bdifference|\bcloser|\bmagnitude|\bdeviation/i },
  { text: 'Math.floor(%)', weight: 0.25, says: /\bfloor|\bround(?:ed)? down|\bintegers?\b|\bwhole\b|\bhalf\b|\bmedian/i },
  { text: 'Math.ceil(%)', weight: 0.12, says: /\bceil|\bround(?:ed)? up/i },
  { text: 'Math.round(%)', weight: 0.12, says: /\bround|\bnearest/i },
  { text: 'Math.trunc(%)', weight: 0.06, says: /\btrunc/i },
  { text: 'Math.sqrt(%)', weight: 0.03, says: /\bsqrt|\bsquare root/i, only: true },
  { text: 'String(%)', weight: 0.08, says: /\bstring/i },
  { text: '%.toString()', weight: 0.05, says: /\bstring|\bbinary|\bdigits/i },
  { text: '%.toString(2)', weight: 0.1, says: /\bbinary/i, only: true },
  { text: '%.toString(16)', weight: 0.1, says: /\bhex/i, only: true },
];
const STRING: readonly Wrap[] = [
  { text: 'Number(%)', weight: 0.2, says: /\bnumber|\binteger|\bnumeric|\bdigit/i },
  { text: 'parseInt(%, 10)', weight: 0.12, says: /\bint(?:eger)?\b|\bdigit/i },
  { text: '%.toLowerCase()', weight: 0.2, says: /\blower|\bcase\b|insensitive/i },
  { text: '%.toUpperCase()', weight: 0.15, says: /\bupper|\bcase\b|\bcapital/i },
  { text: '%.trim()', weight: 0.18, says: /\btrim|\bspace|\bblank/i },
  { text: '%.length', weight: 0.12, says: /\blength|\bcount|\bnumber of/i },
  { text: "%.split('')", weight: 0.1, says: /\bcharacter|\bletter/i },
  { text: "%.split(' ')", weight: 0.08, says: /\bword/i },
  { text: "%.split('').reverse().join('')", weight: 0.05, says: /\brevers|\bpalindrom/i, only: true },
  { text: '%.slice(1)', weight: 0.08 },
  { text: '%.slice(0, -1)', weight: 0.05 },
  { text: '%.charCodeAt(0)', weight: 0.06, says: /\bascii|\bcode/i },
];
const ARRAY: readonly Wrap[] = [
  { text: '%.slice(1)', weight: 0.16, says: /\bexcept the first|\bderivative|\brest\b|\bremaining/i },
  { text: '%.slice(0, -1)', weight: 0.08, says: /\bexcept the last/i },
  { text: '%.slice()', weight: 0.12, says: /\bcopy|\bmutat/i },
  { text: '[...%]', weight: 0.1, says: /\bcopy|\bmutat/i },
  { text: '%.length', weight: 0.16, says: /\blength|\bcount|\bnumber of|\bhow many/i },
  { text: '%.sort()', weight: 0.12, says: /\bsort|\border|\balphabet|\bascending/i },
  { text: '%.sort((a, b) => a - b)', weight: 0.15, says: /\bsort|\border|\bascending|\bsmallest|\bmedian/i },
  { text: '%.reverse()', weight: 0.12, says: /\brevers|\bdescending|\blargest|\bbackward/i },
  { text: "%.join('')", weight: 0.14, says: /\bstring|\bconcat|\bjoin/i },
  { text: "%.join(' ')", weight: 0.08, says: /\bspace|\bword|\bsentence/i },
  { text: 'Array.from(new Set(%))', weight: 0.4, says: /\buniq|\bdistinct|\bduplicat|\bset of/i, only: true },
  { text: '%.flat()', weight: 0.08, says: /\bflat|\bnested/i, only: true },
  { text: '%[0]', weight: 0.1, says: /\bfirst/i },
  { text: '%.filter(Boolean)', weight: 0.05, says: /\bempty|\bblank|\bfalsy/i },
];
const OTHER: readonly Wrap[] = [
  { text: 'Number(%)', weight: 0.08, says: /\bnumber|\bnumeric/i },
  { text: 'String(%)', weight: 0.08, says: /\bstring/i },
  { text: '%.toString()', weight: 0.08, says: /\bstring/i },
  { text: '%.length', weight: 0.08, says: /\blength|\bcount/i },
  { text: 'Object.keys(%)', weight: 0.06, says: /\bkeys?\b|\bdict/i },
  { text: 'Array.from(%)', weight: 0.05, says: /\biter|\blist of/i },
  { text: 'Math.abs(%)', weight: 0.05, says: /\babs|\bdistance|\bdifference/i },
  { text: '%.trim()', weight: 0.04, says: /\btrim/i },
  { text: '%.toLowerCase()', weight: 0.05, says: /\blower|\binsensitive/i },
];

const WRAPS: Partial<Record<Kind, readonly Wrap[]>> = {
  number: NUMBER,
  string: STRING,
  array: ARRAY,
  list: [...ARRAY, ...STRING.filter(({ text }) => !ARRAY.some((other) => other.text === text))],
  boolean: [],
  function: [],
  nullish: [],
};

/** Calls that may be missing on a value of this kind. */
export const wrapsFor = (kind: Kind | undefined): readonly Wrap[] => WRAPS[kind ?? 'object'] ?? OTHER;
