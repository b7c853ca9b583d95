import type { SourceSnapshot } from '@selfheal/contracts';
import type { Places } from '../heal/localise.js';
import type { Scope } from '../heal/scope.js';
import type { TestError } from '../oracle/oracle.js';
import type { FixAttempt } from '../report.js';
import type { Candidate } from '../search/candidate.js';
import type { Ranked } from '../search/choose.js';
import type { Sources } from '../work-tree/sources.js';
import { fingerprintsOf } from './fingerprint.js';
import { lessonsOf } from './lessons.js';
import { type Lesson, type Memory, namesOf } from './memory.js';
import { recall } from './recall.js';
import { trackRecord } from './track-record.js';

/** What a heal takes from the memory, and what it gives back. */
export interface Learning {
  /** How an operator has done here, 0.5 to 2; 1 when nothing is known. */
  readonly trackRecord: (name: string) => number;
  /** What was learned, before the other candidates, and those by how their playbooks and codemods have done. */
  readonly first: (others: readonly Candidate[], places: Places) => Candidate[];
  readonly lessons: (ranked: readonly Ranked[], attempts: readonly FixAttempt[]) => Lesson[];
}

/** The memory seen from one heal. Pure. */
export function learningOf(input: {
  readonly memory: Memory;
  readonly failures: readonly TestError[];
  readonly snapshot: SourceSnapshot;
  readonly sources: Sources;
  readonly scope: Scope;
  readonly root: string;
}): Learning {
  const { memory, failures, snapshot, sources, scope, root } = input;
  const fingerprints = fingerprintsOf(failures, snapshot, root);
  const record = trackRecord(memory);
  const scaled = (one: Candidate): Candidate => {
    const names = [...namesOf(one.template), ...(one.playbook === undefined ? [] : [one.playbook])];
    const factor = names.reduce((product, name) => product * record(name), 1);
    return factor === 1 ? one : { ...one, prior: one.prior * factor };
  };
  /** In their own order where nothing is known of them: it may say more than their priors. */
  const ranked = (others: readonly Candidate[]): readonly Candidate[] => {
    const known = others.map(scaled);
    return known.every((one, i) => one === others[i]) ? others : known.sort((a, b) => b.prior - a.prior);
  };
  return {
    trackRecord: record,
    first: (others, { files, suspicion }) => [
      ...recall(memory, { fingerprints, sources, files, suspicion, editable: scope.script }),
      ...ranked(others),
    ],
    lessons: (ranked, attempts) =>
      lessonsOf({ fingerprints, candidates: ranked.map(({ candidate }) => candidate), attempts, texts: snapshot.files }),
  };
}
