import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { Expectation, Proof, RecordedExchange, RecordedRequest, Target } from '@selfheal/contracts';
import { addWorktree, applyDiff } from '@selfheal/git';
import { startContained } from '../sandbox/contained-process.js';
import { makeBox } from './boxes.js';
import { type CheckRun, newErrors } from './new-errors.js';
import { decideProof, type Observed } from './prove.js';
import { type Case, runSide, type Side, type SideOptions } from './side.js';

export interface FailingRequest {
  readonly request: RecordedRequest;
  readonly expectation?: Expectation;
  /** What was seen when it failed: a base that fails otherwise has not reproduced it. */
  readonly observed?: Observed;
}

export interface TrialOptions {
  readonly target: Target;
  readonly baseRevision: string;
  readonly failing?: FailingRequest;
  /** Recorded exchanges that must keep working, besides those of the target's configuration. */
  readonly good: readonly RecordedExchange[];
  readonly traceId: string;
  /** Ends the trial: pending calls reject, processes are killed. `close` is still needed. */
  readonly signal?: AbortSignal;
  readonly log?: (line: string) => void;
}

/** One base revision, held against any number of patches. */
export interface Trial {
  /** Differential replay of one patch. @throws {PatchDoesNotApply} */
  prove(diff: string): Promise<Proof>;
  /** A work tree with the patch applied, for static checks; valid until `close`. @throws {PatchDoesNotApply} */
  worktree(diff: string): Promise<string>;
  /** The target's own type check on the patched tree; only errors that the base does not have count. */
  runTypes(diff: string): Promise<{ ran: boolean; new_errors: string[] }>;
  /** Kills and deletes everything of the trial. Safe to call twice. */
  close(): Promise<void>;
}

const KEPT_CHECK_OUTPUT = 256_000;

/**
 * Opens a trial. The base revision starts at once, in the background, and is replayed once for all patches; a patched
 * server starts beside it.
 */
export async function openTrial({ target, baseRevision, failing, good, traceId, signal, log = () => {} }: TrialOptions): Promise<Trial> {
  const { config, root } = target;
  signal?.throwIfAborted();
  const closing = new AbortController();
  const until = signal ? AbortSignal.any([closing.signal, signal]) : closing.signal;
  const box = await makeBox(target);
  const pending = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    const settled = work.catch(() => {}).finally(() => pending.delete(settled));
    pending.add(settled);
    return work;
  };

  const cases: Case[] = [
    ...good.map(({ request }) => ({ request })),
    ...config.replay.good.map(({ request, expect }) => ({ request, ...(expect && { expectation: expect }) })),
  ];
  const trees = new Map<string, Promise<string>>();
  const tree = (diff: string): Promise<string> => {
    const made = trees.get(diff) ?? track(makeTree(diff, join(box.dir, String(trees.size))));
    trees.set(diff, made);
    return made;
  };
  async function makeTree(diff: string, dir: string): Promise<string> {
    await addWorktree(root, baseRevision, dir);
    if (diff) await applyDiff(dir, diff, { signal: until });
    return dir;
  }
  const side = async (diff: string, role: SideOptions['role']): Promise<Side> => {
    const startedAt = performance.now();
    const result = await runSide({ dir: await tree(diff), config, good: cases, failing, role, traceId, signal: until });
    log(
      `sandbox ${role}: ${result.startFailure ? 'did not start' : `${result.good.length + result.failing.length} replays`} in ${since(startedAt)} ms`,
    );
    return result;
  };
  const check = async (diff: string, types: NonNullable<typeof config.types>): Promise<CheckRun | undefined> => {
    const process = await startContained(types.command, { dir: await tree(diff), keepOutput: KEPT_CHECK_OUTPUT, signal: until });
    const timer = new AbortController();
    const tooLong = after(types.timeout_ms, 'too long' as const, { signal: timer.signal }).catch(() => 'too long' as const);
    const exitCode = await Promise.race([process.ended, tooLong]);
    timer.abort();
    await process.stop();
    until.throwIfAborted();
    return { exitCode: exitCode === 'too long' ? undefined : exitCode, output: process.output() };
  };

  const base = track(side('', 'base'));
  let baseCheck: Promise<CheckRun | undefined> | undefined;

  return {
    worktree: (diff) => tree(diff),
    prove: (diff) =>
      track(
        (async () => {
          const startedAt = performance.now();
          const [before, patched] = await Promise.all([base, side(diff, 'patched')]);
          return { ...decideProof({ failing, good: cases, base: before, patched }), duration_ms: since(startedAt) };
        })(),
      ),
    runTypes: (diff) =>
      track(
        (async () => {
          const { types } = config;
          if (!types) return { ran: false, new_errors: [] };
          const patched = await check(diff, types);
          if (!patched || patched.exitCode === 0) return { ran: patched !== undefined, new_errors: [] };
          baseCheck ??= check('', types);
          const before = await baseCheck;
          return { ran: true, new_errors: before ? newErrors(before, patched) : [] };
        })(),
      ),
    close: async () => {
      closing.abort(new Error('the trial is closed'));
      await Promise.all(pending);
      await box.remove();
    },
  };
}

const since = (startedAt: number): number => Math.round(performance.now() - startedAt);
