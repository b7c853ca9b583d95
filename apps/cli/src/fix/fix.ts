import { setTimeout as delay } from 'node:timers/promises';
import { type FixProgress, type FixReport, type FixRepository, fixRepository } from '@selfheal/repair';
import { CommandError } from '../errors.js';
import { Interrupted, interruptible } from '../interrupt.js';
import { printable } from '../output/printable.js';
import { printJson, screen } from '../output/screen.js';
import { applyFiles, NotApplicable } from './apply.js';
import { useUsersPath } from './environment.config.js';
import { ignoredOf } from './git-state.js';
import { checkedCommand, type FixFlags } from './options.js';
import { progressView } from './progress-view.js';
import { type Applied, jsonOf, storyOf } from './story.js';
import { openWorkTree, type WorkTreeAtStart } from './work-tree.js';

/** So long may a heal take to stop everything it started, once it was interrupted. */
const STOP_MS = 8000;
const NO_GIT = 'no git repository tracks this directory: nothing but the printed patch will tell what was changed';

/**
 * `selfheal fix -- CMD`: one heal. The patch goes to the work tree, progress to stderr, the report to stdout.
 * @throws CommandError 1 not healed, 2 wrong usage, 128 + n interrupted by signal n; the work tree is then untouched
 */
export async function fix(words: readonly string[], flags: FixFlags, repair: FixRepository = fixRepository): Promise<void> {
  const command = checkedCommand(words);
  const view = progressView(process.stderr);
  let running: Promise<FixReport> | undefined;
  let tree: WorkTreeAtStart;
  let report: FixReport;
  try {
    [tree, report] = await interruptible(async (signal) => {
      const opened = await openWorkTree(flags, signal);
      useUsersPath(opened.root);
      if (!opened.git) view.show({ stage: 'note', text: NO_GIT });
      running = repair({
        root: opened.root,
        command,
        timeoutMs: flags.timeout * 1000,
        maxAttempts: flags.maxAttempts,
        dryRun: flags.dryRun ?? false,
        ...(flags.files && { files: flags.files }),
        allowTests: flags.allowTests ?? false,
        force: flags.force ?? false,
        signal,
        onProgress: (event: FixProgress) => view.show(event),
      });
      return [opened, await running] as const;
    });
  } catch (error) {
    view.end();
    if (!(error instanceof Interrupted)) throw error;
    const stopped = running && (await Promise.race([running.catch(() => undefined), delay(STOP_MS)]));
    process.stderr.write('selfheal: interrupted, the work tree is untouched\n');
    if (flags.json) printJson(jsonOf({ ...(stopped ?? NOTHING_KNOWN), ...INTERRUPTED }, 'none'));
    throw error;
  }
  // From here on a signal no longer stops us: a patch is applied as a whole or not at all.
  view.end();
  const applied = await applyUnlessDry(tree, report, flags);
  tell(applied.report, applied.how, flags);
  if (applied.report.status === 'not_healed') throw new CommandError('', 1);
}

const INTERRUPTED = {
  status: 'not_healed',
  reason: 'interrupted',
  message: 'Interrupted; the work tree is untouched.',
  patch: null,
  files: [],
  confidence: null,
} as const;
const NOTHING_KNOWN = { cause: null, playbook: null, engine: 'rules', candidates_tried: 0, attempts: [], total_ms: 0 } as const;

async function applyUnlessDry(tree: WorkTreeAtStart, report: FixReport, flags: FixFlags): Promise<{ report: FixReport; how: Applied }> {
  if (report.status !== 'healed') return { report, how: 'none' };
  const ignored = await ignoredOf(
    tree.git,
    tree.root,
    report.files.map(({ path }) => path),
  );
  if (ignored[0] !== undefined) {
    const message = `The patch would touch ${printable(ignored[0])}, which git ignores.`;
    return { report: { ...report, status: 'not_healed', reason: 'guardrail', message }, how: 'none' };
  }
  if (flags.dryRun) return { report, how: 'dry_run' };
  try {
    await applyFiles(tree.root, report.files);
    return { report, how: 'applied' };
  } catch (error) {
    if (!(error instanceof NotApplicable)) throw error;
    const message = `A fix was found and proven, but it does not fit the work tree any more: ${printable(error.message)}. The patch is above; run the heal again, or apply it yourself.`;
    return { report: { ...report, status: 'not_healed', reason: 'changed_meanwhile', message }, how: 'none' };
  }
}

function tell(report: FixReport, how: Applied, { json = false }: FixFlags): void {
  const out = screen({ json });
  out.lines(storyOf(report, how, out));
  if (json) printJson(jsonOf(report, how));
}
