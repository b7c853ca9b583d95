import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyEdits, insert, replace } from './edits.js';

describe('applyEdits', () => {
  it('changes what it is told and nothing else', () => {
    const text = 'a\r\n\tb // keep\r\nc';
    const at = text.indexOf('b');
    expect(applyEdits(text, [replace({ start: at, end: at + 1 }, 'bb'), insert(text.length, ';')])).toBe('a\r\n\tbb // keep\r\nc;');
    expect(applyEdits(text, [])).toBe(text);
  });

  it('keeps the order of insertions at one place', () => {
    expect(applyEdits('x', [insert(0, 'a'), insert(0, 'b'), insert(1, 'c')])).toBe('abxc');
  });

  it('keeps every byte outside the edit, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), fc.string(), (text, a, b, replacement) => {
        const start = a % (text.length + 1);
        const end = start + (b % (text.length - start + 1));
        expect(applyEdits(text, [{ start, end, text: replacement }])).toBe(text.slice(0, start) + replacement + text.slice(end));
      }),
    );
  });

  it.each([
    ['overlap', [replace({ start: 0, end: 2 }, 'x'), replace({ start: 1, end: 3 }, 'y')]],
    ['end before start', [replace({ start: 2, end: 1 }, 'x')]],
    ['past the end', [replace({ start: 0, end: 9 }, 'x')]],
    ['fraction', [replace({ start: 0.5, end: 1 }, 'x')]],
  ])('refuses edits that %s', (_name, edits) => {
    expect(() => applyEdits('abc', edits)).toThrow(RangeError);
  });
});
