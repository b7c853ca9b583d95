import { functionName, isFunction, isScript, learnFix, SourceFile } from '@selfheal/engine';
import type { FixAttempt } from '../report.js';
import type { Candidate } from '../search/candidate.js';
import type { Lesson } from './memory.js';

/** What a heal's proofs teach. A candidate that was only too doubtful teaches nothing. Pure. */
export function lessonsOf(input: {
  readonly fingerprints: readonly string[];
  /** Candidates and, in the same order, what became of the first of them. */
  readonly candidates: readonly Candidate[];
  readonly attempts: readonly FixAttempt[];
  readonly texts: ReadonlyMap<string, string>;
}): Lesson[] {
  return input.attempts.flatMap(({ outcome }, i) => {
    const candidate = input.candidates[i];
    if (!candidate || outcome === 'not_chosen') return [];
    const { playbook = null, template, path } = candidate;
    const shape = outcome === 'proven' ? shapeOf(candidate, input.texts) : {};
    return { fingerprints: [...input.fingerprints], playbook, template, outcome, path, ...shape };
  });
}

/** The change as before and after, with the function it is in; nothing of a change of several files or of what did not parse. */
function shapeOf({ patch, path }: Candidate, texts: ReadonlyMap<string, string>): Pick<Lesson, 'fix' | 'function'> {
  const [before, after] = [texts.get(path), patch.get(path)];
  if (patch.size !== 1 || before === undefined || after === undefined || !isScript(path)) return {};
  const [old, fresh] = [new SourceFile(path, before), new SourceFile(path, after)];
  if (old.errors.length > 0 || fresh.errors.length > 0) return {};
  const learned = learnFix(old, fresh);
  const node = old.nodeAt(commonStart(before, after));
  const fn = node && (isFunction(node) ? node : old.enclosingFunction(node));
  const name = fn && functionName(old, fn);
  const fix = learned && { kind: learned.kind, before: learned.before, after: learned.after };
  return { ...(fix && { fix }), ...(name && { function: name.slice(0, 200) }) };
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return Math.min(at, Math.max(0, a.length - 1));
}
