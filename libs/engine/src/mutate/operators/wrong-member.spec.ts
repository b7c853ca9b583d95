import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { wrongMember } from './wrong-member.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  [
    'the end for the start (HumanEvalFix JavaScript/29)',
    `const f = (ss, p) => ss.filter(x => x.endsWith(p));`,
    `const f = (ss, p) => ss.filter(x => x.startsWith(p));`,
  ],
  ['min for max (HumanEvalFix JavaScript/35)', `const f = (l) => Math.min(...l);`, `const f = (l) => Math.max(...l);`],
  [
    'a method that a string does not have (MdEval JavaScript/26)',
    `const f = (s) => s.trim() && s.badMethod(0);`,
    `const f = (s) => s.trim() && s.charCodeAt(0);`,
  ],
  [
    'a property that the file names on the object (ManySStuBs4J wrong property)',
    `if (q.workers > 0) f(q.concurrency);`,
    `if (q.concurrency > 0) f(q.concurrency);`,
  ],
];

describe('wrong-member', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(wrongMember, from).map(bare)).toContain(bare(to));
  });
});
