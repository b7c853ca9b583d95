import { describe, expect, it } from '@jest/globals';
import { printable, printableLines } from './printable.js';

describe('printable', () => {
  it('takes out what could drive a terminal', () => {
    expect(printable('a\x1b[2Jb\r\nc\x07')).toBe('a [2Jb c');
    expect(printableLines('+a\x1b[2J\r\n\t-b')).toBe('+a[2J\n\t-b');
  });

  it('takes out what would show text in another order', () => {
    expect(printable('safe\u202egnihtemos')).toBe('safegnihtemos');
  });

  it('shortens', () => {
    expect(printable('x'.repeat(300), 10)).toBe(`${'x'.repeat(9)}…`);
  });
});
