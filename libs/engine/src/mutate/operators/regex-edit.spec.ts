import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { regexEdit } from './regex-edit.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  ['every match (MDN, String.prototype.replace)', `s.replace(/a/, 'b');`, `s.replace(/a/g, 'b');`],
  ['either case', `/[a-z]+/.test(s);`, `/[a-zA-Z]+/.test(s);`],
  ['the whole text (CWE-777: regular expression without anchors)', `/\\d+/.test(s);`, `/^\\d+$/.test(s);`],
  ['a dot as itself (eslint-plugin-regexp no-unescaped dot)', `/a.b/.test(s);`, `/a\\.b/.test(s);`],
  ['none or more (Larson 2016)', `/a+b/.test(s);`, `/a*b/.test(s);`],
];

describe('regex-edit', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(regexEdit, from).map(bare)).toContain(bare(to));
  });
});
