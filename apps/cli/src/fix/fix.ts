import { setTimeout as delay } from 'node:timers/promises';
import type { FixProgress, FixReport, FixRepository } from '@selfheal/repair';
import { CommandError } from '../errors.js';
import { Interrupted, interruptible } from '../interrupt.js';
import { printable } from '../output/printable.js';
import { printJson, screen } from '../output/screen.js';
import { useUsersPath } from './environment.config.js';
import { type Landed, land } from './land.js';
import { checkedCommand, type FixFlags } from './options.js';
import { type ProgressView, progressView } from './progress-view.js';
import { jsonOf, storyOf } from './story.js';
import { openWorkTree, type WorkTreeAtStart } from './work-tree.js';

/** So long may a heal take to stop everything it started, once it was interrupted. */
const STOP_MS = 8000;
const NO_GIT = 'no git repository tracks this directory: the printed patch alone will tell what was changed';

/**
 * `selfheal fix -- CMD`: one heal. The patch goes to the work tree, progress to stderr, the report to stdout.
 * @throws CommandError 1 not healed, 2 wrong usage, 128 + n interrupted by signal n; the work tree is then untouched
 */
export async function fix(words: readonly string[], flags: FixFlags): Promise<void> {
  const command = checkedCommand(words);
  // The engine takes a moment to load: it does so while git answers.
  const engine = import('@selfheal/repair');
  engine.catch(() => undefined);
  const view = progressView(process.stderr);
  let running: Promise<FixReport> | undefined;
  const opened = await interruptible(async (signal) => {
    const tree = await openWorkTree(flags, signal);
    const { fixRepository } = await engine;
    running = heal(tree, command, flags, { repair: fixRepository, view, signal }).catch(failed);
    return { tree, report: await running };
  }).catch(async (error: unknown) => {
    view.end();
    if (error instanceof Interrupted) await tellInterrupted(running, flags);
    throw error;
  });
  // From here on a signal does not stop us: a patch is applied as a whole or not at all.
  view.end();
  const landed = await land(opened.tree, opened.report, flags);
  await learnFrom(opened.tree, landed, flags);
  tell(landed, flags);
  if (landed.report.status === 'not_healed') throw new CommandError('', 1);
}

/** A dry run, whose patch may never be applied, teaches nothing. */
async function learnFrom({ root }: WorkTreeAtStart, { report, applied }: Landed, { memory, dryRun }: FixFlags): Promise<void> {
  if (memory === false || dryRun) return;
  const { rememberHeal } = await import('@selfheal/repair');
  const note = await rememberHeal({ root, report, applied: applied === 'applied', at: new Date() });
  if (note) process.stderr.write(`selfheal: ${printable(note, 400)}\n`);
}

interface Healing {
  readonly repair: FixRepository;
  readonly view: ProgressView;
  readonly signal: AbortSignal;
}

function heal(tree: WorkTreeAtStart, command: readonly string[], flags: FixFlags, { repair, view, signal }: Healing): Promise<FixReport> {
  useUsersPath(tree.root);
  if (!tree.git) view.show({ stage: 'note', text: NO_GIT });
  return repair({
    root: tree.root,
    command,
    timeoutMs: flags.timeout * 1000,
    maxAttempts: flags.maxAttempts,
    dryRun: flags.dryRun ?? false,
    ...(flags.files && { files: flags.files }),
    allowTests: flags.allowTests ?? false,
    force: flags.force ?? false,
    ...(flags.memory === false && { memory: false as const }),
    signal,
    onProgress: (event: FixProgress) => view.show(event),
  });
}

function tell({ report, applied }: Landed, { json = false }: FixFlags): void {
  const out = screen({ json });
  out.lines(storyOf(report, applied, out));
  if (json) printJson(jsonOf(report, applied));
}

/** Waits until the heal has stopped what it started. */
async function tellInterrupted(running: Promise<FixReport> | undefined, { json }: FixFlags): Promise<void> {
  const stopped = running && (await Promise.race([running.catch(() => undefined), delay(STOP_MS)]));
  process.stderr.write('selfheal: interrupted, the work tree is untouched\n');
  if (json) printJson(jsonOf({ ...(stopped ?? NOTHING_KNOWN), ...INTERRUPTED }, 'none'));
}

/** What the target does is in a report; what arrives here is our own failure, which is told in the same form. */
function failed(error: unknown): FixReport {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const message = `selfheal itself failed, which is a bug of selfheal or of this machine: ${what}`;
  return { ...NOTHING_KNOWN, status: 'not_healed', reason: 'internal', message, confidence: null, patch: null, files: [] };
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
