import { describe, expect, it } from '@jest/globals';
import { storable } from './storable.js';

describe('what Postgres can keep', () => {
  it('replaces U+0000 and half surrogate pairs wherever they are, and nothing else', () => {
    expect(storable({ 'k\u0000': ['a\u0000b', 'x\ud800y', '😀'], n: 1, none: undefined, nil: null })).toEqual({
      'k\ufffd': ['a\ufffdb', 'x\ufffdy', '😀'],
      n: 1,
      none: undefined,
      nil: null,
    });
  });
});
