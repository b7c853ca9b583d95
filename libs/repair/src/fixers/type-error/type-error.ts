import { writeFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import type { SourceSnapshot } from '@selfheal/contracts';
import { applyEdits, type Edit } from '@selfheal/engine';
import { type TypeDiagnostic, typeDiagnostics, typeErrorFixes } from '@selfheal/playbooks';
import { type Fix, type Fixer, type FixerContext, saidBy } from '../fixer.js';

/** Errors that are mended together; a build with more is broken in another way. */
const MAX_ERRORS = 20;
const MAX_FIXES = 24;

/** The TypeScript compiler finds errors: each is mended by the codemods for its code, all of them together. */
export const typeError: Fixer = {
  name: 'type-error',
  family: 'build',
  title: 'The TypeScript compiler finds errors',
  applies: (failure) => typeDiagnostics(saidBy(failure)).length > 0,
  async propose(context) {
    const first = choicesFor(context, saidBy(context.failure), context.snapshot);
    if (first.length === 0) return [];
    const fixes: Fix[] = [];
    const add = (chosen: readonly Chosen[]) => {
      const { patch, used } = together(chosen, context.snapshot);
      const [lead] = used;
      if (!lead || fixes.some((fix) => same(fix.patch, patch))) return;
      const summary = used.map((each) => each.summary).join('; ');
      const weight = Math.max(0.01, Math.min(...used.map(({ score }) => score)) - 0.02 * fixes.length);
      fixes.push({ patch, template: lead.template, summary: summary.slice(0, 500), weight });
    };
    // The best for each; then each in turn with its next choice, the others with their best.
    const best = first.map(([choice]) => choice as Chosen);
    add(best);
    for (const [i, each] of first.entries()) for (const other of each.slice(1)) if (fixes.length < MAX_FIXES) add(best.with(i, other));
    const further = fixes[0] && (await askAgain(context, fixes[0]));
    return [...(further ? [further] : []), ...fixes].sort((a, b) => b.weight - a.weight);
  },
};

/** How often the compiler is asked again about what the first fixes have brought to light. */
const ROUNDS = 3;

/** The best fix carried on: the failing compiler runs on it, and what it says then is mended, too. The sandbox is put back. */
async function askAgain(context: FixerContext, best: Fix): Promise<Fix | undefined> {
  const { failure, root, snapshot, run } = context;
  const compiler = failure.recording.processes.findLast(({ exitCode, script }) => exitCode !== 0 && /\btsc(?:\.js)?$/.test(script));
  if (!compiler || relative(root, compiler.cwd).startsWith('..')) return undefined;
  const texts = new Map(best.patch);
  const summaries = [best.summary];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const [path, text] of texts) await writeFile(join(root, path), text);
      const argv = [compiler.execPath, ...compiler.execArgv, compiler.script, ...compiler.args];
      const { exitCode, output } = await run(argv, { cwd: compiler.cwd, env: compiler.env });
      if (exitCode === 0) return round === 0 ? undefined : { ...best, patch: texts, summary: summaries.join('; ').slice(0, 500) };
      const now = { revision: `${snapshot.revision}+${round + 1}`, files: new Map([...snapshot.files, ...texts]) };
      const { patch, used } = together(
        choicesFor(context, output, now).map(([choice]) => choice as Chosen),
        now,
      );
      if (used.length === 0) return undefined;
      for (const [path, text] of patch) texts.set(path, text);
      summaries.push(...used.map(({ summary }) => summary));
    }
    return undefined;
  } finally {
    for (const path of texts.keys()) await writeFile(join(root, path), snapshot.files.get(path) ?? '');
  }
}

/** For each error that a codemod knows, its fixes in files that may be edited. */
function choicesFor(context: FixerContext, output: string, snapshot: SourceSnapshot): Chosen[][] {
  return found(context, output)
    .map((diagnostic) => typeErrorFixes(diagnostic, snapshot).filter(({ edits }) => Object.keys(edits).every(context.editable)))
    .filter((fixes) => fixes.length > 0)
    .slice(0, MAX_ERRORS);
}

interface Chosen {
  readonly edits: Readonly<Record<string, readonly Edit[]>>;
  readonly template: string;
  readonly summary: string;
  readonly score: number;
}

/** The diagnostics with paths of the snapshot: the compiler prints them relative to where it ran. */
function found({ failure, root, snapshot }: FixerContext, output: string): TypeDiagnostic[] {
  const cwds = [...new Set(failure.recording.processes.map(({ cwd }) => relative(root, cwd).split(sep).join('/')))].filter(
    (cwd) => !cwd.startsWith('..'),
  );
  return typeDiagnostics(output).flatMap((diagnostic) => {
    const guesses = ['', ...cwds].map((cwd) => posix.normalize(posix.join(cwd, diagnostic.path)));
    const path = guesses.find((guess) => snapshot.files.has(guess)) ?? bySuffix(diagnostic.path, snapshot);
    return path ? [{ ...diagnostic, path }] : [];
  });
}

/** The one file whose path is the end of an absolute one. */
function bySuffix(path: string, snapshot: SourceSnapshot): string | undefined {
  const fits = [...snapshot.files.keys()].filter((each) => path.endsWith(`/${each}`)).sort((a, b) => b.length - a.length);
  return fits[0];
}

/**
 * As many of the choices as fit together, in their order, applied to the snapshot's texts. Equal edits count once: two errors
 * may want the same import. One that overlaps an earlier one is left out.
 */
function together(chosen: readonly Chosen[], snapshot: SourceSnapshot): { patch: Map<string, string>; used: Chosen[] } {
  const edits = new Map<string, Map<string, Edit>>();
  let patch = new Map<string, string>();
  const used: Chosen[] = [];
  for (const each of chosen) {
    const tried = new Map(edits);
    for (const [path, list] of Object.entries(each.edits))
      tried.set(path, new Map([...(tried.get(path) ?? []), ...list.map((edit) => [JSON.stringify(edit), edit] as const)]));
    const applied = appliedTo(tried, snapshot);
    if (!applied) continue;
    for (const [path, list] of tried) edits.set(path, list);
    patch = applied;
    used.push(each);
  }
  return { patch, used };
}

function appliedTo(edits: ReadonlyMap<string, ReadonlyMap<string, Edit>>, snapshot: SourceSnapshot): Map<string, string> | undefined {
  const patch = new Map<string, string>();
  for (const [path, list] of edits) {
    const before = snapshot.files.get(path);
    if (before === undefined) return undefined;
    try {
      patch.set(path, applyEdits(before, [...list.values()]));
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }
  return patch;
}

const same = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a.size === b.size && [...a].every(([path, text]) => b.get(path) === text);
