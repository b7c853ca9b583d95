import { describe, expect, it } from '@jest/globals';
import { SourceFile } from '@selfheal/engine';
import type { TestRun } from '../oracle/oracle.js';
import type { Behaviour } from '../probe/probe.js';
import type { Candidate } from './candidate.js';
import { rankPlausible } from './choose.js';
import { MIN_CONFIDENCE } from './confidence.js';
import type { Tried } from './try-all.js';

const base: TestRun = { outcome: 'failed', ms: 1, tests: [1, 2, 3, 4].map((n) => ({ id: `t:${n}`, state: n < 3 ? 'failed' : 'passed' })) };
const passed: TestRun = { outcome: 'passed', ms: 1, tests: base.tests.map(({ id }) => ({ id, state: 'passed' })) };
const candidate = (summary: string, prior: number, more: Partial<Candidate> = {}): Candidate => ({
  patch: new Map([['a.js', summary]]),
  origin: 'mutation',
  template: 'wrong-operator',
  summary,
  path: 'a.js',
  line: 1,
  prior,
  size: 4,
  ...more,
});
const tried = (order: number, one: Candidate): Tried => ({ candidate: one, verdict: 'plausible', run: passed, order });
const mutation = {
  operator: 'wrong-operator',
  summary: '',
  path: 'a.js',
  edits: [],
  node: new SourceFile('a.js', '').program,
  weight: 1,
  score: 0.1,
};
const behaviour = (outputs: string[][], examples: (boolean | undefined)[][] = outputs.map(() => [])): Behaviour => ({
  inputs: outputs[0]?.length ?? 0,
  outputs,
  examples,
});
const rank = (candidates: Candidate[], seen?: Behaviour) =>
  rankPlausible({ base, plausible: candidates.map((one, i) => tried(i, one)), tried: 500, behaviour: seen });
const summaries = (ranked: ReturnType<typeof rank>) => ranked.map(({ candidate: { summary } }) => summary);

describe('the choice among candidates that pass', () => {
  it('is the likeliest when nothing else tells them apart', () => {
    expect(summaries(rank([candidate('rare', 0.01), candidate('common', 0.1)]))).toEqual(['common', 'rare']);
  });

  it('is one of the many that answer alike, not the likelier one that stands alone', () => {
    const seen = behaviour([
      ['1', '2', '9'],
      ['1', '2', '3'],
      ['1', '2', '3'],
      ['1', '2', '3'],
    ]);
    const ranked = rank([candidate('alone', 0.1), candidate('x', 0.08), candidate('y', 0.08), candidate('z', 0.08)], seen);
    expect(summaries(ranked)[0]).toBe('x');
    expect(summaries(ranked).at(-1)).toBe('alone');
  });

  it('is surer of one that stands alone against unlikely others than of one among equals that differ', () => {
    const differ = behaviour([['1'], ['2'], ['3']]);
    const [sure] = rank([candidate('a', 0.2), candidate('b', 0.001), candidate('c', 0.001)], differ);
    const [unsure] = rank([candidate('a', 0.2), candidate('b', 0.2), candidate('c', 0.2)], differ);
    expect(sure?.confidence).toBeGreaterThan((unsure?.confidence ?? 1) + 0.1);
  });

  it("goes by the author's example in a comment, which another candidate keeps", () => {
    const seen = behaviour([['1'], ['2']], [[false], [true]]);
    expect(summaries(rank([candidate('against it', 0.1), candidate('with it', 0.03)], seen))[0]).toBe('with it');
  });

  it('does not go by an example that none keeps: examples are wrong at times', () => {
    const seen = behaviour([['1'], ['2']], [[false], [false]]);
    expect(summaries(rank([candidate('likelier', 0.1), candidate('other', 0.03)], seen))[0]).toBe('likelier');
  });

  it('takes what is unknown for no agreement: a promise answers later', () => {
    const [unknown] = rank([candidate('a', 0.1), candidate('b', 0.1)], behaviour([['unknown'], ['unknown']]));
    const [same] = rank([candidate('a', 0.1), candidate('b', 0.1)], behaviour([['1'], ['1']]));
    expect(unknown?.confidence).toBeLessThan(same?.confidence ?? 0);
  });

  it('is less sure of two edits than of one', () => {
    const [one] = rank([candidate('one', 0.1)]);
    const [two] = rank([candidate('two', 0.1, { origin: 'pair', mutations: [mutation, mutation] })]);
    expect(one?.confidence).toBeGreaterThan(two?.confidence ?? 1);
  });

  it('does not trust tests that one change in five passes', () => {
    const many = Array.from({ length: 60 }, (_, i) => candidate(`change ${i}`, 0.05));
    const [best] = rankPlausible({ base, plausible: many.map((one, i) => tried(i, one)), tried: 220 });
    expect(best?.confidence).toBeLessThan(MIN_CONFIDENCE);
  });
});
