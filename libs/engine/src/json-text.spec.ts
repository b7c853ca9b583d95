import { describe, expect, it } from '@jest/globals';
import { jsonMembers } from './json-text.js';

describe('jsonMembers', () => {
  it('says where keys and values stand', () => {
    const text = '{\n\t"a": "x", // why\n\t"b": { "c": -1.5, "d": [1], "e": null }\n}\n';
    const [a, b] = jsonMembers(text) ?? [];
    expect(text.slice(a?.keyAt.start, a?.keyAt.end)).toBe('"a"');
    expect(text.slice(a?.valueAt.start, a?.valueAt.end)).toBe('"x"');
    expect(b?.members?.map(({ key, value }) => [key, value])).toEqual([
      ['c', -1.5],
      ['d', undefined],
      ['e', null],
    ]);
  });

  it.each(['[1]', '"a"', '{', '{}; f()', ')(', '', '{"a": 1} {"b": 2}', '{}); f(', '...x'])('has none for %j', (text) => {
    expect(jsonMembers(text)).toBeUndefined();
  });
});
