import { describe, expect, it } from '@jest/globals';
import { type Edit, type RankedMutation, SourceFile } from '@selfheal/engine';
import { mutationCandidate } from './mutation-candidate.js';

const a = new SourceFile('a.js', 'let a = 1 + 2;\nlet b = 3 - 4;\n');
const b = new SourceFile('b.js', 'let c = 5 * 6;\n');
const files = new Map([a, b].map((file) => [file.path, file]));
const mutation = (file: SourceFile, edits: Edit[], operator = 'wrong-operator'): RankedMutation => ({
  operator,
  summary: `${operator} in ${file.path}`,
  path: file.path,
  edits,
  node: file.nodeAt(edits[0]?.start ?? 0) ?? file.program,
  weight: 1,
  score: 0.5,
});
const edit = (start: number, end: number, text: string): Edit => ({ start, end, text });
const plus = mutation(a, [edit(10, 11, '-')]);
const minus = mutation(a, [edit(25, 26, '+')]);
const times = mutation(b, [edit(10, 11, '/')], 'swap');

describe('mutations as a candidate', () => {
  it('is the base with one changed', () => {
    expect(mutationCandidate([plus], files, 'mutation', 0.3)).toEqual({
      patch: new Map([['a.js', 'let a = 1 - 2;\nlet b = 3 - 4;\n']]),
      origin: 'mutation',
      template: 'wrong-operator',
      summary: 'wrong-operator in a.js',
      path: 'a.js',
      line: 1,
      prior: 0.3,
      size: 2,
      mutations: [plus],
    });
  });

  it('is the base with all of them changed, in one file or several', () => {
    const made = mutationCandidate([minus, times, plus], files, 'pair', 0.1);
    expect(made?.patch).toEqual(
      new Map([
        ['a.js', 'let a = 1 - 2;\nlet b = 3 + 4;\n'],
        ['b.js', 'let c = 5 / 6;\n'],
      ]),
    );
    expect(made).toMatchObject({ template: 'wrong-operator+swap', path: 'a.js', line: 2, size: 6 });
    expect(made?.summary).toBe('wrong-operator in a.js; and swap in b.js; and wrong-operator in a.js');
  });

  it.each([
    ['the same place', plus, plus],
    ['one within the other', plus, mutation(a, [edit(8, 13, '0')])],
    ['overlapping stretches', mutation(a, [edit(8, 11, 'x')]), mutation(a, [edit(10, 13, 'y')])],
    ['two insertions at one place', mutation(a, [edit(8, 8, '-')]), mutation(a, [edit(8, 8, '+')])],
  ])('is nothing where two touch %s', (_name, one, two) => {
    expect(mutationCandidate([one, two], files, 'pair', 1)).toBeUndefined();
    expect(mutationCandidate([two, one], files, 'pair', 1)).toBeUndefined();
  });

  it('may change what is next to each other', () => {
    const made = mutationCandidate([mutation(a, [edit(8, 9, '7')]), mutation(a, [edit(9, 10, '')])], files, 'pair', 1);
    expect(made?.patch.get('a.js')).toMatch(/^let a = 7\+ 2;/);
  });

  it('is nothing without mutations, or for a file that is not there', () => {
    expect(mutationCandidate([], files, 'mutation', 1)).toBeUndefined();
    expect(mutationCandidate([plus], new Map(), 'mutation', 1)).toBeUndefined();
  });

  it('bounds what it says', () => {
    const chatty = { ...plus, summary: 'x'.repeat(5000) };
    expect(mutationCandidate([chatty], files, 'mutation', 1)?.summary.length).toBeLessThanOrEqual(400);
  });
});
