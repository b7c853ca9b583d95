import { describe, expect, it } from '@jest/globals';
import { keyOf } from './candidate.js';
import { type Codemod, codemodCandidate, patchCandidate } from './codemod-candidate.js';

const texts = new Map([
  ['a.js', 'one\ntwo\nthree\n'],
  ['b.js', 'four\n'],
]);
const about = { origin: 'playbook', template: 't', summary: 's', prior: 0.5 } as const;
const codemod = (edits: Codemod['edits']) => codemodCandidate({ ...about, playbook: 'p', edits }, texts);

describe('a codemod as a candidate', () => {
  it('has the new texts, the place and the size of its edits', () => {
    const made = codemod({ 'a.js': [{ start: 4, end: 7, text: 'TWO!' }], 'b.js': [{ start: 0, end: 0, text: '// ' }] });
    expect(made).toEqual({
      ...about,
      playbook: 'p',
      patch: new Map([
        ['a.js', 'one\nTWO!\nthree\n'],
        ['b.js', '// four\n'],
      ]),
      path: 'a.js',
      line: 2,
      size: 3 + 4 + 3,
    });
  });

  it('leaves out a file that stays as it is, and places itself where it changes something', () => {
    const made = codemod({ 'a.js': [{ start: 0, end: 3, text: 'one' }], 'b.js': [{ start: 5, end: 5, text: 'five' }] });
    expect([...(made?.patch.keys() ?? [])]).toEqual(['b.js']);
    expect(made).toMatchObject({ path: 'b.js', line: 2 });
  });

  it.each([
    ['no edits', {}],
    ['a file that is not there', { 'c.js': [{ start: 0, end: 0, text: 'x' }] }],
    ['a file that is not there, among others', { 'a.js': [{ start: 0, end: 3, text: 'x' }], 'c.js': [] }],
    ['edits that change nothing', { 'a.js': [{ start: 0, end: 3, text: 'one' }] }],
    ['an edit beyond the text', { 'a.js': [{ start: 10, end: 99, text: '' }] }],
    [
      'edits that overlap',
      {
        'a.js': [
          { start: 0, end: 5, text: 'x' },
          { start: 3, end: 7, text: 'y' },
        ],
      },
    ],
  ])('is nothing with %s', (_name, edits) => {
    expect(codemod(edits)).toBeUndefined();
  });
});

describe('whole texts as a candidate', () => {
  const patched = (patch: Record<string, string>) =>
    patchCandidate({ ...about, origin: 'fixer', patch: new Map(Object.entries(patch)) }, texts);

  it('has only what changed, and starts at the first difference', () => {
    expect(patched({ 'b.js': 'four\n', 'a.js': 'one\ntwo\nthree\nmore\n' })).toMatchObject({
      patch: new Map([['a.js', 'one\ntwo\nthree\nmore\n']]),
      path: 'a.js',
      line: 4,
    });
    expect(patched({ 'new.js': 'x' })).toMatchObject({ path: 'new.js', line: 1 });
  });

  it('is nothing when nothing changes', () => {
    expect(patched({ 'a.js': 'one\ntwo\nthree\n' })).toBeUndefined();
    expect(patched({})).toBeUndefined();
  });
});

describe('the name of a patch', () => {
  it('is the same in any order, and another for any other patch', () => {
    const ab = new Map([...texts]);
    const ba = new Map([...texts].reverse());
    expect(keyOf(ab)).toBe(keyOf(ba));
    const others = [new Map([['a.js', 'x']]), new Map([['b.js', 'x']]), new Map([['a.js', 'y']]), new Map<string, string>()];
    expect(new Set([ab, ...others].map(keyOf)).size).toBe(5);
  });
});
