import { z } from 'zod';
import { replayResult } from '../http.js';
import { attempt, digest, milliseconds, revision, timestamp } from '../primitives.js';
import { engineName } from './plan.js';

export const approvalRequested = z.object({ attempt, digest, reason: z.string().max(1000) });
export const approvalDecided = z.object({ attempt, digest, by: z.string().min(1).max(256), reason: z.string().max(2000).default('') });

export const reloadDone = z.object({
  attempt,
  strategy: z.string().max(64),
  /** The commit that is live now, and the one that was. */
  revision,
  previous_revision: revision,
  /** The deployed candidate's digest. */
  candidate: digest,
  reload_ms: milliseconds,
});

/** Replay on the live target. */
export const verification = z.object({
  attempt,
  /** `replay`: the failing request was sent again. `watch`: it was not safe to, so real traffic was watched instead. */
  mode: z.enum(['replay', 'watch']),
  failing: replayResult.optional(),
  good: z.array(replayResult),
  healthy: z.boolean(),
  reason: z.string().max(2000),
});
export type Verification = z.infer<typeof verification>;

export const rollbackRequested = z.object({ attempt, reason: z.string().max(4000), revision, previous_revision: revision });
export const rollbackDone = z.object({
  attempt,
  /** The commit that is live after the rollback. */
  revision,
  /** Its tree, equal to the tree of the revision before the patch: the same bytes. */
  tree: revision,
  identical: z.literal(true),
});

export const healed = z.object({
  attempt,
  engine: engineName,
  playbook: z.string().max(64),
  revision,
  patch: z.string(),
  healed_at: timestamp,
});
export const escalated = z.object({
  attempt,
  code: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  reason: z.string().max(4000),
  /** Whether a patch had been live and was put back. */
  rolled_back: z.boolean(),
});
