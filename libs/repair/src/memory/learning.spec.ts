import { describe, expect, it } from '@jest/globals';
import type { Candidate } from '../search/candidate.js';
import { Sources } from '../work-tree/sources.js';
import { learningOf } from './learning.js';
import { type Lesson, NO_MEMORY, remember } from './memory.js';

const texts = new Map([['a.js', 'i <= n;\n']]);
const sources = new Sources(texts);
const candidate = (template: string, prior: number, playbook?: string): Candidate => ({
  patch: new Map([['a.js', template]]),
  origin: 'playbook',
  template,
  ...(playbook !== undefined && { playbook }),
  summary: '',
  path: 'a.js',
  line: 1,
  prior,
  size: 1,
});
const learning = (...lessons: Lesson[]) =>
  learningOf({
    memory: remember(NO_MEMORY, lessons, '2026-01-02T03:04:05.000Z'),
    failures: [],
    snapshot: { revision: '', files: texts },
    sources,
    scope: { editable: () => true, script: () => true, whyNot: () => undefined },
    root: '/r',
  });
const places = {
  files: [sources.file('a.js')].filter((file) => file !== undefined),
  suspects: [],
  suspicion: () => 1,
  why: '',
  mutations: () => ({ singles: [], files: new Map(), repeat: () => [] }),
};
const lesson = (template: string, outcome: Lesson['outcome'], more: Partial<Lesson> = {}): Lesson => ({
  fingerprints: [],
  playbook: null,
  template,
  outcome,
  path: 'a.js',
  ...more,
});
const names = (candidates: readonly Candidate[]) => candidates.map(({ template }) => template);

describe('the candidates of a heal, with a memory', () => {
  const others = [candidate('x', 0.5), candidate('y', 0.6), candidate('z', 0.4, 'null-access')];

  it('are in their own order when nothing is known of them', () => {
    expect(learning().first(others, places)).toEqual(others);
    expect(learning(lesson('another', 'proven')).first(others, places)).toEqual(others);
  });

  it('are ranked by the record of their playbooks and codemods', () => {
    const known = learning(lesson('y', 'failed'), lesson('y', 'failed'), lesson('g', 'proven', { playbook: 'null-access' }));
    expect(names(known.first(others, places))).toEqual(['x', 'z', 'y']);
  });

  it('begin with what was learned', () => {
    const fix = { kind: 'expression' as const, before: 'i <= n', after: 'i < n' };
    const [first, ...rest] = learning(lesson('off-by-one', 'proven', { fix })).first(others, places);
    expect(first).toMatchObject({ origin: 'learned', template: 'off-by-one', patch: new Map([['a.js', 'i < n;\n']]) });
    expect(rest).toEqual(others);
  });
});
