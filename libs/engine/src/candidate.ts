import { createHash } from 'node:crypto';
import { type Candidate, candidate as candidateSchema, type SourceSnapshot } from '@selfheal/contracts';
import { applyEdits, type Edit } from './edits.js';
import { isScript, SourceFile } from './source-file.js';
import { diffStats, unifiedDiffs } from './unified-diff.js';

export interface CandidateDraft {
  /** Edits by file, all against the snapshot's texts. */
  readonly edits: Readonly<Record<string, readonly Edit[]>> | ReadonlyMap<string, readonly Edit[]>;
  readonly template: string;
  readonly summary: string;
  /** 0 to 1, higher is tried first. */
  readonly score: number;
}

/**
 * Turns edits into a candidate: a unified diff with its digest (SHA-256 of the diff).
 * Nothing when the edits change nothing, touch a file that the snapshot does not have, or leave a script or JSON file
 * that does not parse: such a candidate could only waste a proof.
 */
export function makeCandidate(draft: CandidateDraft, snapshot: SourceSnapshot): Candidate | undefined {
  const changes = [];
  for (const [path, edits] of draft.edits instanceof Map ? draft.edits : Object.entries(draft.edits)) {
    const before = snapshot.files.get(path);
    if (before === undefined) return undefined;
    const after = applyEdits(before, edits);
    if (after === before) continue;
    if (!parses(path, after)) return undefined;
    changes.push({ path, before, after });
  }
  if (changes.length === 0) return undefined;
  const diff = unifiedDiffs(changes);
  const { files, loc } = diffStats(diff);
  const made = candidateSchema.safeParse({
    digest: digestOf(diff),
    diff,
    files,
    loc,
    template: draft.template,
    summary: draft.summary.slice(0, 1000),
    score: Math.max(0, Math.min(1, draft.score)),
  });
  return made.success ? made.data : undefined;
}

/** SHA-256 in lower-case hex: a candidate's identity. */
export const digestOf = (diff: string): string => createHash('sha256').update(diff).digest('hex');

function parses(path: string, text: string): boolean {
  if (isScript(path)) return new SourceFile(path, text).errors.length === 0;
  if (!path.endsWith('.json')) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
