import { describe, expect, it } from '@jest/globals';
import { withoutOwnPrograms } from './environment.config.js';

describe("the user's PATH", () => {
  it("has selfheal's own programs taken out, wherever they are, and nothing else", () => {
    expect(withoutOwnPrograms('/sh/.bin:/home/u/.bin:/sh/.bin/:/usr/bin', '/sh/.bin')).toBe('/home/u/.bin:/usr/bin');
  });
});
