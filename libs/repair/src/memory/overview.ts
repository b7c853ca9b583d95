import { standing, templateText } from '@selfheal/engine';
import type { Memory } from './memory.js';
import { minedFrom } from './mined.js';
import { tallies } from './track-record.js';

/** What a repository's memory holds, for people and machines. Texts come from the target: hostile. */
export interface Overview {
  readonly records: number;
  readonly proven: number;
  /** Playbooks, codemods and mutation operators, most used first. */
  readonly templates: readonly {
    readonly name: string;
    readonly proven: number;
    readonly failed: number;
    /** Share of the attempts that were proven, 0 to 1. */
    readonly rate: number;
    /** By how much its candidates are moved up or down: 0.5 to 2. */
    readonly rank: number;
  }[];
  /** Shapes that at least two fixes share; `h1`, `h2` stand for any expression. */
  readonly mined: readonly { readonly before: string; readonly after: string; readonly support: number }[];
  /** Fixes that are tried first when their failure comes back, latest first. */
  readonly fixes: readonly {
    readonly at: string;
    readonly template: string;
    readonly path: string;
    readonly function?: string;
    readonly before: string;
    readonly after: string;
  }[];
}

/** What `selfheal learn` shows. Pure. */
export function overviewOf(memory: Memory): Overview {
  const templates = [...tallies(memory.records)].map(([name, tally]) => ({
    name,
    ...tally,
    rate: tally.proven / (tally.proven + tally.failed),
    rank: Math.round(standing(tally) * 100) / 100,
  }));
  const uses = (one: { proven: number; failed: number }) => one.proven + one.failed;
  return {
    records: memory.records.length,
    proven: memory.records.filter(({ outcome }) => outcome === 'proven').length,
    templates: templates.sort((a, b) => uses(b) - uses(a) || b.rate - a.rate || (a.name < b.name ? -1 : 1)),
    mined: minedFrom(memory).map(({ template, support }) => ({
      before: templateText(template, 'before'),
      after: templateText(template, 'after'),
      support,
    })),
    fixes: memory.records.toReversed().flatMap(({ at, template, path, function: name, fix, outcome }) => {
      if (!fix || outcome !== 'proven') return [];
      return { at, template, path, ...(name !== undefined && { function: name }), before: fix.before, after: fix.after };
    }),
  };
}
