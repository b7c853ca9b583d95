import { describe, expect, it } from '@jest/globals';
import { select } from './select.js';

const keys = [...Array.from({ length: 10 }, (_, i) => `a/A-${i}`), 'b/B-1', 'b/B-2'];

describe('choosing cases', () => {
  it('takes all unless told', () => expect(select(keys, {})).toEqual(keys));
  it.each([['b/*'], ['B-*']])('filters by suite/id or by id: %s', (filter) => expect(select(keys, { filter })).toEqual(['b/B-1', 'b/B-2']));
  it('limits each suite, spread evenly', () => {
    expect(select(keys, { limit: 3 })).toEqual(['a/A-0', 'a/A-3', 'a/A-6', 'b/B-1', 'b/B-2']);
  });
});
