import { applyTemplate, type FixTemplate, type SourceFile, type Suspicion } from '@selfheal/engine';
import { asDiff, objectionsTo } from '../guard/guard.js';
import type { Candidate } from '../search/candidate.js';
import { codemodCandidate } from '../search/codemod-candidate.js';
import type { Sources } from '../work-tree/sources.js';
import type { Memory, MemoryRecord } from './memory.js';
import { minedFrom, templateOf } from './mined.js';

/** What is recalled for. */
export interface Occasion {
  readonly fingerprints: readonly string[];
  readonly sources: Sources;
  /** Files that may hold the fault and may be edited. */
  readonly files: readonly SourceFile[];
  readonly suspicion: Suspicion;
  readonly editable: (path: string) => boolean;
}

/** Candidates of each kind: they are tried before anything else, so they must be few. */
const MAX_EACH = 12;
/** Fixes and shapes that are looked for. */
const MAX_TEMPLATES = 40;
/** How likely a candidate is before anything ran; the playbooks' go up to 1. */
const PRIOR = { same: 0.95, seen: 0.4, mined: 0.3 } as const;

/**
 * What the memory suggests for a failure, likeliest first: fixes of the same failure whose old code is there again, then
 * other fixes whose old code is at a suspicious place, then shapes that repeated fixes have in common. The memory is not
 * trusted: what breaks a guardrail is never even run. Pure.
 */
export function recall(memory: Memory, given: Occasion): Candidate[] {
  // A file in another version than the base's (one that had to be made to parse) cannot be edited by its offsets.
  const occasion = { ...given, files: given.files.filter(({ path, text }) => given.sources.texts.get(path) === text) };
  const fixes = latestFixes(memory);
  const isSame = (record: MemoryRecord) => record.fingerprints.some((one) => occasion.fingerprints.includes(one));
  const same = fixes.filter(isSame).flatMap((record) => {
    const { sources, files, editable } = occasion;
    const own = editable(record.path) ? sources.file(record.path) : undefined;
    const ordered = own ? [own, ...files.filter(({ path }) => path !== own.path)] : files;
    return ordered.flatMap((file) =>
      candidatesIn(file, templateOf(record.fix), record.template, 'same', occasion, (at) => file === own || suspected(occasion, file, at)),
    );
  });
  const seen = fixes
    .filter((record) => !isSame(record))
    .slice(0, MAX_TEMPLATES)
    .flatMap((record) => atSuspects(templateOf(record.fix), record.template, 'seen', occasion));
  const mined = minedFrom(memory)
    .slice(0, MAX_TEMPLATES)
    .flatMap(({ template }) => atSuspects(template, 'mined', 'mined', occasion));
  return [same, seen, mined].flatMap((kind) => kind.slice(0, MAX_EACH));
}

type KnownFix = MemoryRecord & { readonly fix: NonNullable<MemoryRecord['fix']> };

/** Proven fixes with a shape, latest first, each once. */
function latestFixes({ records }: Memory): KnownFix[] {
  const found = new Map<string, KnownFix>();
  for (const record of records.toReversed()) {
    const { fix, outcome } = record;
    if (!fix || outcome !== 'proven') continue;
    const key = [record.path, record.function ?? '', fix.before, fix.after].join('\0');
    const known = found.get(key) ?? { ...record, fix, fingerprints: [] };
    found.set(key, { ...known, fingerprints: [...known.fingerprints, ...record.fingerprints] });
  }
  return [...found.values()];
}

const suspected = ({ suspicion }: Occasion, file: SourceFile, at: number): boolean => suspicion(file.path, { start: at, end: at + 1 }) > 0;

/** The template at every suspicious place, the most suspicious first. */
const atSuspects = (template: FixTemplate, name: string, kind: keyof typeof PRIOR, occasion: Occasion): Candidate[] =>
  occasion.files
    .flatMap((file) => candidatesIn(file, template, name, kind, occasion, (at) => suspected(occasion, file, at)))
    .sort((a, b) => b.prior - a.prior);

function candidatesIn(
  file: SourceFile,
  template: FixTemplate,
  name: string,
  kind: keyof typeof PRIOR,
  { sources, suspicion, editable }: Occasion,
  may: (at: number) => boolean,
): Candidate[] {
  return applyTemplate(template, file)
    .filter(({ at }) => may(at))
    .slice(0, MAX_EACH)
    .flatMap(({ at, edits }) => {
      const suspicious = suspicion(file.path, { start: at, end: at + 1 });
      const made = codemodCandidate(
        {
          origin: 'learned',
          template: name,
          summary: `as in an earlier heal: ${oneLine(template.before)} becomes ${oneLine(template.after)}`,
          prior: PRIOR[kind] * (0.9 + 0.1 * suspicious),
          edits: { [file.path]: edits },
        },
        sources.texts,
      );
      return made && objectionsTo(asDiff(made.patch, sources.texts), editable).length === 0 ? made : [];
    });
}

const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
};
