import { describe, expect, it } from '@jest/globals';
import { reapply, unifiedDiff } from './unified-diff.js';

const BEFORE = 'a\nb\nc\nold\nd\ne\nf\n';
const AFTER = BEFORE.replace('old', 'new');
const DIFF = unifiedDiff('x.js', BEFORE, AFTER);
const on = (text: string, diff = DIFF) => reapply(diff, new Map([['x.js', text]]))?.get('x.js');

describe('a diff on other versions of its files', () => {
  it('finds its lines where they have moved, also when one line around them differs', () => {
    expect(on(BEFORE)).toBe(AFTER);
    expect(on(`1\n2\n3\n4\n${BEFORE}`)).toBe(`1\n2\n3\n4\n${AFTER}`);
    expect(on(BEFORE.replace('a\n', 'A\n'))).toBe(AFTER.replace('a\n', 'A\n'));
  });

  it('is nothing when the lines are gone, the file is another, or it is no diff', () => {
    expect(on('a\nb\n')).toBeUndefined();
    expect(on(AFTER)).toBeUndefined();
    expect(reapply(DIFF, new Map())).toBeUndefined();
    for (const bad of ['', 'hello', '@@ -1,1 +1,1 @@', `${DIFF}@@ broken`]) expect(on(BEFORE, bad)).toBeUndefined();
  });

  it('makes and deletes no file', () => {
    expect(on('', unifiedDiff('x.js', undefined, 'new\n'))).toBeUndefined();
    expect(on('old\n', unifiedDiff('x.js', 'old\n', undefined))).toBeUndefined();
  });
});
