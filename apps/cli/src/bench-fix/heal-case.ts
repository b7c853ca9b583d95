import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '@selfheal/git';
import type { BenchCase, CaseResult } from './case.js';
import { type Checkouts, NotCheckedOut } from './checkout.js';
import type { Engine } from './engines.js';
import { judge } from './judge.js';
import { runProgram } from './process.js';
import { reportIn, templateOf } from './report-line.js';

export interface HealOptions {
  readonly engine: Engine;
  /** Of one heal, in seconds. */
  readonly timeout: number;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** What `npx selfheal` runs. */
const SELFHEAL = join(import.meta.dirname, '..', '..', 'bin', 'selfheal.js');
/** A heal that is not over so long after its time was up is killed. */
const GRACE_MS = 15_000;
/** Where a case does not say. */
const JUDGE_S = 120;

/** Sets a case up in `dir`, heals it as a user would and judges the patch by tests that the heal did not see, where there are any. */
export async function healCase(one: BenchCase, dir: string, checkouts: Checkouts, options: HealOptions): Promise<CaseResult> {
  const { engine, timeout, env, signal } = options;
  const base = { case: one.key, suite: one.suite, pattern: one.pattern, ...NOTHING };
  try {
    await checkouts.checkout(one, dir);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof NotCheckedOut)) throw error;
    return { ...base, status: 'error', message: error.message };
  }
  // What one case taught must not help the next.
  const flags = ['fix', '--json', '--no-memory', '--timeout', String(timeout), '--cwd', dir, ...engine.flags];
  const heal = await runProgram(SELFHEAL, [...flags, '--', ...commandOf(one, checkouts)], {
    cwd: dir,
    env,
    timeoutMs: timeout * 1000 + GRACE_MS,
    signal,
  });
  signal.throwIfAborted();
  const report = reportIn(heal.stdout);
  const changed = (await git(dir, ['status', '--porcelain', '--untracked-files=all'])) !== '';
  const healed = report?.status === 'healed' && heal.code === 0;
  const passes = healed ? await judged(one, dir, checkouts, options) : undefined;
  const verdict = judge({ exitCode: heal.code, status: report?.status, reason: report?.reason, changed, passes });
  return {
    ...base,
    status: verdict.status,
    seconds: heal.ms / 1000,
    ...(report && {
      candidates: report.candidates_tried,
      confidence: report.confidence ?? null,
      playbook: report.playbook ?? null,
      template: templateOf(report),
      reason: report.reason ?? null,
      patch: report.patch ?? null,
    }),
    message: [verdict.problem, report?.message ?? (heal.stderr.trim().split('\n').at(-1) ?? '').slice(-1000)].filter(Boolean).join(': '),
  };
}

const NOTHING = { seconds: 0, candidates: 0, confidence: null, playbook: null, template: null, reason: null, patch: null };

/** The command that fails: the visible half of the tests, the case's own command, or the driver's. */
function commandOf(one: BenchCase, checkouts: Checkouts): string[] {
  if (one.hidden) return ['node', 'visible.js'];
  return one.meta.test_cmd?.split(' ') ?? driverTest(one, checkouts);
}

const driverTest = (one: BenchCase, checkouts: Checkouts): string[] => ['node', checkouts.driver, 'test', one.key, '.'];

/** Whether the judging tests pass. They are put back first: a heal that edits its judge is not judged by it. */
async function judged(one: BenchCase, dir: string, checkouts: Checkouts, { env, signal }: HealOptions): Promise<boolean> {
  const tests = one.meta.test_files ?? [];
  if (one.hidden) for (const name of tests) await copyFile(checkouts.file(one, name), join(dir, name));
  else if (tests.length > 0) await git(dir, ['checkout', '--quiet', 'HEAD', '--', ...tests]);
  const [program = 'node', ...args] = one.meta.test_cmd?.split(' ') ?? driverTest(one, checkouts);
  const timeoutMs = (one.meta.timeout_s ?? JUDGE_S) * 1000;
  const ended = await runProgram(program, args, { cwd: dir, env, timeoutMs, signal });
  signal.throwIfAborted();
  return ended.code === 0;
}
