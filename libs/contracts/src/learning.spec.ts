import { describe, expect, it } from '@jest/globals';
import { learnedFixes, learnedTemplate, originalTemplate, shapeOfDiff } from './learning.js';

const diff = (line: number, added = 'a + b') => `--- a/x.js\n+++ b/x.js\n@@ -${line},1 +${line},1 @@\n-a - b\n+${added}\n`;

describe('the shape of a diff', () => {
  it('does not change when the lines move, and does when they differ', () => {
    expect(shapeOfDiff(diff(1))).toBe(shapeOfDiff(diff(99)));
    expect(shapeOfDiff(diff(1))).not.toBe(shapeOfDiff(diff(1, 'a * b')));
    expect(shapeOfDiff(diff(1))).not.toBe(shapeOfDiff(diff(1)).replaceAll('x.js', 'y.js'));
  });
});

describe('the name of a learned template', () => {
  it('is the same however often it was learned, and fits the wire', () => {
    expect(learnedTemplate('null-access/guard')).toBe('learned/null-access/guard');
    expect(learnedTemplate(learnedTemplate('guard'))).toBe('learned/guard');
    expect(originalTemplate(learnedTemplate('guard'))).toBe('guard');
    expect(learnedTemplate('x'.repeat(128))).toHaveLength(128);
  });
});

describe('learned fixes', () => {
  it('are bounded', () => {
    const fix = { target: 'shop', template: 't', diff: diff(1) };
    expect(learnedFixes.safeParse({ fixes: [fix], failed: [] }).success).toBe(true);
    expect(learnedFixes.safeParse({ fixes: Array(6).fill(fix), failed: [] }).success).toBe(false);
    expect(learnedFixes.safeParse({ fixes: [{ ...fix, diff: 'x'.repeat(50_001) }], failed: [] }).success).toBe(false);
  });
});
