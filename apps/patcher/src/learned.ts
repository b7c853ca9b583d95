import {
  type Candidate,
  type LearnedFixes,
  type LearningRecord,
  learnedTemplate,
  originalTemplate,
  type SourceSnapshot,
  shapeOfDiff,
} from '@selfheal/contracts';
import { digestOf, makeCandidate, reapply, standing } from '@selfheal/engine';

/** What the contract lets one event hold. */
const MOST_CANDIDATES = 50;

/** What earlier heals taught, as far as it is known. */
export interface Learned {
  readonly fixes: LearnedFixes | undefined;
  readonly record: LearningRecord | undefined;
}

/**
 * Candidates in the order that earlier heals speak for: first patches that healed this very failure and still fit the code, then the
 * others by their score and their templates' track record, last what was tried for this failure before and did not hold. All of them are
 * judged and proven as if nobody had seen them before. Pure.
 */
export function withLearned(
  candidates: readonly Candidate[],
  { fixes, record }: Learned,
  at: { readonly target: string; readonly sources: SourceSnapshot; readonly rejected: ReadonlySet<string> },
): Candidate[] {
  const own = (fixes?.fixes ?? []).filter(({ target }) => target === at.target);
  const again = own.flatMap(({ diff, template }) => candidateOf(diff, template, at.sources) ?? []);
  const failed = new Set(fixes?.failed);
  const hasFailed = ({ diff }: Candidate) => failed.has(digestOf(shapeOfDiff(diff)));
  const weight = ({ score, template }: Candidate) => score * standing(tallyOf(record, template));
  const others = record ? [...candidates].sort((a, b) => weight(b) - weight(a)) : candidates;
  const ordered = [...again, ...others.filter((one) => !hasFailed(one)), ...others.filter(hasFailed)];
  const unique = new Map<string, Candidate>();
  for (const one of ordered) if (!at.rejected.has(one.digest) && !unique.has(one.digest)) unique.set(one.digest, one);
  return [...unique.values()].slice(0, MOST_CANDIDATES);
}

/** An earlier patch on the code as it is now; nothing when it does not fit, or leaves code that does not parse. */
function candidateOf(diff: string, template: string, sources: SourceSnapshot): Candidate | undefined {
  const patched = reapply(diff, sources.files);
  if (!patched) return undefined;
  const whole = [...patched].map(([path, text]) => [path, [{ start: 0, end: sources.files.get(path)?.length ?? 0, text }]] as const);
  const summary = 'the fix that healed this failure before';
  return makeCandidate({ edits: new Map(whole), template: learnedTemplate(template), summary, score: 1 }, sources);
}

const tallyOf = (record: LearningRecord | undefined, template: string) => {
  const name = originalTemplate(template);
  return record && Object.hasOwn(record.templates, name) ? record.templates[name] : undefined;
};
