import { z } from 'zod';

/** Older fixes than the last so many are forgotten. */
export const MAX_RECORDS = 500;

/** A verified change as before and after: what `learnFix` of the engine keeps of it. */
const fix = z.strictObject({
  kind: z.enum(['expression', 'statement']),
  before: z.string().min(1).max(600),
  after: z.string().max(2000),
});

const lesson = z.strictObject({
  /** What failed: SHA-256 of each different failure, see `fingerprintsOf`. */
  fingerprints: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(8),
  /** The playbook whose codemod it was; null for a mutation. */
  playbook: z.string().max(200).nullable(),
  /** The codemod or the mutation operators, joined by `+`. */
  template: z.string().min(1).max(400),
  /** `rejected`: by a guardrail. `failed`: in the proof. `proven`: and applied. */
  outcome: z.enum(['proven', 'failed', 'rejected']),
  /** Where, relative to the root. */
  path: z.string().max(1000),
  function: z.string().max(200).optional(),
  /** Only of a proven change that has a shape. */
  fix: fix.optional(),
});

const record = z.strictObject({ at: z.iso.datetime(), ...lesson.shape });

/** What is kept on disk. It is input like any other: what it suggests is proven, and passes the guardrails, every time. */
export const memorySchema = z.strictObject({ version: z.literal(1), records: z.array(record).max(MAX_RECORDS) });

/** What a heal teaches, before it is known when. */
export type Lesson = z.infer<typeof lesson>;
export type MemoryRecord = z.infer<typeof record>;
/** What is known of a repository's heals, oldest first. */
export type Memory = z.infer<typeof memorySchema>;

export const NO_MEMORY: Memory = { version: 1, records: [] };

/**
 * The memory with these lessons as its latest. Lessons that do not fit the format (too long) are left out. Pure.
 * @param at when, ISO 8601 in UTC
 */
export function remember(memory: Memory, lessons: readonly Lesson[], at: string): Memory {
  const added = lessons.flatMap((one) => record.safeParse({ at, ...one }).data ?? []);
  return { version: 1, records: [...memory.records, ...added].slice(-MAX_RECORDS) };
}

/** The words of a template by which it is judged: a pair of mutations says something of both operators. */
export const namesOf = (template: string): string[] => template.split('+');
