import { describe, expect, it } from '@jest/globals';
import { changesIn } from './changes.js';

const paths = (status: string[], below = '') => changesIn(`${status.join('\0')}\0`, below).map(({ path }) => path);

describe('what is not committed', () => {
  it('is every change of a tracked file, staged or not', () => {
    expect(paths([' M a.md', 'M  b.js', 'D  c.json', 'A  d.txt', 'UU e.js'])).toEqual(['a.md', 'b.js', 'c.json', 'd.txt', 'e.js']);
  });

  it('names a rename once, by its new name', () => {
    expect(paths(['R  new.js', 'old.js', ' M a.js'])).toEqual(['new.js', 'a.js']);
  });

  it('has untracked scripts, which a heal might edit, and no other untracked file', () => {
    expect(paths(['?? src/new.ts', '?? notes.txt', '?? .fb-out.json', '?? node_modules', '?? node_modules/x/index.js'])).toEqual([
      'src/new.ts',
    ]);
  });

  it('tells paths relative to the directory that is healed', () => {
    expect(paths([' M packages/a/src/x.js'], 'packages/a')).toEqual(['src/x.js']);
  });

  it('is nothing in a clean tree', () => {
    expect(changesIn('', '')).toEqual([]);
  });
});
