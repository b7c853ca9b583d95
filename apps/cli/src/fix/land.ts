import type { FixReport } from '@selfheal/repair';
import { printable } from '../output/printable.js';
import { applyFiles, NotApplicable } from './apply.js';
import { ignoredOf } from './git-state.js';
import type { Applied } from './story.js';
import type { WorkTreeAtStart } from './work-tree.js';

/** A report, and what became of its patch. */
export interface Landed {
  readonly report: FixReport;
  readonly applied: Applied;
}

/**
 * Puts the patch of a healed report into the work tree, unless `dryRun`. When it does not fit any more, or would touch
 * what git ignores, nothing is written and the report becomes `not_healed`, with the patch still in it.
 */
export async function land(tree: WorkTreeAtStart, report: FixReport, { dryRun = false }: { readonly dryRun?: boolean }): Promise<Landed> {
  if (report.status !== 'healed') return { report, applied: 'none' };
  const paths = report.files.map(({ path }) => path);
  const [ignored] = await ignoredOf(tree.git, tree.root, paths);
  if (ignored !== undefined) {
    const message = `The patch would touch ${printable(ignored)}, which git ignores.`;
    return { report: { ...report, status: 'not_healed', reason: 'guardrail', message }, applied: 'none' };
  }
  if (dryRun) return { report, applied: 'dry_run' };
  try {
    await applyFiles(tree.root, report.files);
    return { report, applied: 'applied' };
  } catch (error) {
    if (!(error instanceof NotApplicable)) throw error;
    const message = [
      `A fix was found and proven, but it could not be put into the work tree: ${printable(error.message)}.`,
      'The patch is printed: apply it yourself, or run the heal again.',
    ].join('\n');
    return { report: { ...report, status: 'not_healed', reason: 'changed_meanwhile', message }, applied: 'none' };
  }
}
