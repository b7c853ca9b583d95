import { unifiedDiffs } from '@selfheal/engine';
import { CHECKS, evaluate, type PatchFile } from '@selfheal/policy';
import type { Patch } from '../oracle/oracle.js';

/** More than this is no fix but a rewrite. */
const MAX_LOC = 60;
const MAX_FILES = 3;

export interface GuardedPatch {
  /** Unified diff with `a/` and `b/` prefixes. */
  readonly diff: string;
  readonly files: readonly PatchFile[];
}

/** The patch as a diff against the base's texts, with what the guardrails look at. */
export function asDiff(patch: Patch, base: ReadonlyMap<string, string>): GuardedPatch {
  const files = [...patch].flatMap(([path, after]) => {
    const before = base.get(path) ?? null;
    return before === after ? [] : [{ path, before, after }];
  });
  return { diff: unifiedDiffs(files.map(({ path, before, after }) => ({ path, before: before ?? undefined, after }))), files };
}

/**
 * The guardrails' objections to a patch, before anything proves it: the same checks as in the pipeline. Empty: it may be proven.
 * @param editable whether the user lets a path be edited
 */
export function objectionsTo({ diff, files }: GuardedPatch, editable: (path: string) => boolean, playbook?: string): string[] {
  const outside = files.filter(({ path }) => !editable(path)).map(({ path }) => `${path} may not be edited`);
  const facts = { diff, files, limits: { allow: ['**'], deny: [], max_loc: MAX_LOC, max_files: MAX_FILES }, playbook };
  const failed = evaluate(facts, BEFORE_TRIAL).checks.filter(({ passed }) => !passed);
  return [...outside, ...failed.map(({ check, reason }) => `${check}: ${reason}`)];
}

/** What only a trial in a target's sandbox can show is not asked: the command itself is the trial here. */
const BEFORE_TRIAL = CHECKS.filter(({ needs }) => needs === 'patch');
