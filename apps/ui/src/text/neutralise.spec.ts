import { describe, expect, it } from '@jest/globals';
import { neutralise, parseHostileJson } from './neutralise';

describe('neutralise', () => {
  it.each([0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0x200e, 0x200f, 0x061c])(
    'shows bidi control %i',
    (code) => {
      const hex = code.toString(16).toUpperCase().padStart(4, '0');
      expect(neutralise(`a${String.fromCodePoint(code)}b`)).toBe(`a⟦U+${hex}⟧b`);
    },
  );

  it('shows invisible characters, tags and line separators', () => {
    expect(neutralise('ad\u200bmin\u2028\ufeff\u{e0041}')).toBe('ad⟦U+200B⟧min⟦U+2028⟧⟦U+FEFF⟧⟦U+E0041⟧');
  });

  it('shows terminal escapes and keeps tab and line breaks', () => {
    expect(neutralise('\u001b[31mred\u0000\u007f\t\r\n\u009b')).toBe('␛[31mred␀␡\t\r\n⟦U+009B⟧');
  });

  it('leaves honest text alone, right-to-left letters, emoji and joined emoji included', () => {
    const text = 'const price = 3; // שלום — 👩‍💻 naïve';
    expect(neutralise(text)).toBe(text);
  });
});

describe('parseHostileJson', () => {
  it('neutralises strings at any depth', () => {
    expect(parseHostileJson('{"a":[{"b":"x\\u202ey"}],"n":1}')).toEqual({ a: [{ b: 'x⟦U+202E⟧y' }], n: 1 });
  });
});
