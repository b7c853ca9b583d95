import { z } from 'zod';

/** What we read of a case's `meta.json`; the rest is for others. */
export const caseMeta = z.object({
  test_cmd: z.string().optional(),
  test_files: z.array(z.string()).optional(),
  timeout_s: z.number().positive().optional(),
  fix: z.object({ pattern: z.string().optional() }).optional(),
});
export type CaseMeta = z.infer<typeof caseMeta>;

/** One bug to heal. */
export interface BenchCase {
  /** `suite/id`. */
  readonly key: string;
  readonly suite: string;
  readonly id: string;
  /** The shape of the authors' fix: the bug's class. */
  readonly pattern: string;
  readonly meta: CaseMeta;
  /** Whether the case has `visible.js`: its own tests are then hidden from the heal and judge it. */
  readonly hidden: boolean;
}

/** How a heal of a case ended. `error`: the bench or the heal itself failed, which says nothing about the bug. */
export type CaseStatus = 'correct' | 'wrong' | 'abstained' | 'error';

export interface CaseResult {
  readonly case: string;
  readonly suite: string;
  readonly pattern: string;
  readonly status: CaseStatus;
  /** Wall clock of the heal as its user waits for it. */
  readonly seconds: number;
  readonly candidates: number;
  readonly confidence: number | null;
  readonly playbook: string | null;
  /** What made the patch: a playbook's codemod or a mutation operator. */
  readonly template: string | null;
  /** The heal's word for why there is no patch. */
  readonly reason: string | null;
  readonly message: string;
  readonly patch: string | null;
}
