import type { Suspicion } from '../mutate/mutation.js';
import type { Node } from '../nodes.js';
import type { SourceFile } from '../source-file.js';

/** A frame of a failing test's error, in a file of the repository: 1-based line and column. */
export interface SuspectFrame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const FRAMES = 12;
/** What the rest of a frame's function is worth, as a share of the statement at the frame. */
const FUNCTION_SHARE = 0.4;

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly score: number;
}

/**
 * Suspicion from the errors' stacks: the statement at the innermost in-app frame is 1, at deeper ones 1/2, 1/3, ...; the
 * rest of a frame's function gets less than half of it (Wong et al.: "Boosting bug-report-oriented fault localization with
 * ... stack-trace analysis", ICSME 2014: the boost falls with the frame's rank). Everything else is 0.
 * @param frames innermost first; those in no given file are skipped
 */
export function fromStack(frames: readonly SuspectFrame[], files: readonly SourceFile[]): Suspicion {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const stretches = new Map<string, Stretch[]>();
  let rank = 0;
  for (const frame of frames) {
    const file = byPath.get(frame.file);
    const offset = file?.offsetAt(frame);
    if (!file || offset === undefined || rank >= FRAMES) continue;
    const score = 1 / ++rank;
    const at = file.nodeAt(offset);
    if (!at) continue;
    const around = [at, ...file.ancestorsOf(at)];
    const statement = around.find(isStatementLike) ?? at;
    const home = file.enclosingFunction(at) ?? statement;
    const known = stretches.get(file.path) ?? [];
    known.push({ start: statement.start, end: statement.end, score }, { start: home.start, end: home.end, score: score * FUNCTION_SHARE });
    stretches.set(file.path, known);
  }
  return (path, node) =>
    (stretches.get(path) ?? []).reduce(
      (best, { start, end, score }) => (score > best && start <= node.start && node.end <= end ? score : best),
      0,
    );
}

/** Independent evidence together: `1 - (1 - a)(1 - b)`. Where both are 0 it stays 0. */
export const combine =
  (...all: readonly Suspicion[]): Suspicion =>
  (path, node) =>
    1 - all.reduce((innocent, suspicion) => innocent * (1 - suspicion(path, node)), 1);

const isStatementLike = (node: Node): boolean => node.type.endsWith('Statement') || node.type.endsWith('Declaration');
