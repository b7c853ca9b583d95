import { describe, expect, it } from '@jest/globals';
import type { Overview } from '@selfheal/repair';
import pc from 'picocolors';
import { learnStory } from './story.js';

const plain = { colours: pc.createColors(false) };
const SOME: Overview = {
  records: 3,
  proven: 2,
  templates: [{ name: 'off-by-one', proven: 2, failed: 1, rate: 2 / 3, rank: 1.14 }],
  mined: [{ before: 'h1.c', after: 'h1 && h1.c', support: 2 }],
  fixes: [{ at: '2026-01-02T03:04:05.000Z', template: 'off-by-one', path: 'a.js', function: 'f', before: 'i <= n', after: 'i < n' }],
};

describe('the story of what was learned', () => {
  it('has rates, mined shapes with their support, and fixes as before and after', () => {
    const text = learnStory(SOME, '/r/.git/selfheal/memory.json', plain).join('\n');
    for (const part of [
      '3 attempts',
      'off-by-one',
      '67 %',
      '× 1.14',
      '2 fixes  h1.c → h1 && h1.c',
      '2026-01-02  a.js f',
      'i <= n → i < n',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('says how an empty memory fills', () => {
    expect(learnStory({ records: 0, proven: 0, templates: [], mined: [], fixes: [] }, '', plain).join('\n')).toMatch(
      /Nothing is known.*selfheal fix/s,
    );
  });

  it('says when the lists are empty, and shortens long ones', () => {
    const text = learnStory({ ...SOME, mined: [], fixes: Array(20).fill(SOME.fixes[0]) }, '', plain).join('\n');
    expect(text).toContain('none yet: it takes two fixes');
    expect(text).toContain('and 8 more');
  });

  it('lets no text of the target reach the terminal as it is', () => {
    const hostile = { ...SOME, fixes: [{ ...(SOME.fixes[0] as Overview['fixes'][number]), before: 'a\u001b[2J\nb', path: 'x\u202ey' }] };
    const text = learnStory(hostile, '', plain).join('\n');
    for (const control of ['\u001b', '\u202e']) expect(text).not.toContain(control);
    expect(text).toContain('a [2J b');
  });
});
