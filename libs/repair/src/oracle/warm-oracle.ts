import { availableParallelism } from 'node:os';
import { isScript, SourceFile } from '@selfheal/engine';
import type { NodeProcess, Recording } from '../command/recording.js';
import { differing, disagreement, isSame } from './agree.js';
import { type CountedFile, coverageOf } from './hits.js';
import { instrument } from './instrument.js';
import type { Oracle, TestCoverage, TestRun } from './oracle.js';
import { Pool } from './pool.js';
import type { WorkerAnswer } from './protocol.js';
import { purify } from './purify.js';
import type { OracleSandbox } from './sandbox.js';
import { ownPath, readSource, sourcesToCount } from './sources.js';
import { applyWraps } from './wraps.js';

export interface WarmSettings {
  readonly recording: Recording;
  /** The sandbox in which the recording was made, with the base's files in it. Absolute real path. */
  readonly recordedRoot: string;
  readonly makeSandbox: () => Promise<OracleSandbox>;
  readonly signal: AbortSignal;
  /** Workers side by side; default: one for each core. */
  readonly workers?: number;
  /** Files that judge: never instrumented. */
  readonly isTest?: (path: string, text: string) => boolean;
}

/** In the order in which they are asked; each is a file in worker/runners. */
const RUNNERS = ['jest', 'mocha', 'script'];
/** The least time that a candidate gets, and how much longer than the base it may take. */
const LEAST_MS = 300;
const TIMES_BASE = 5;
/** What the base's runs get at least, ms: a script that ends at its first failure takes longer when it goes on. */
const BASE_MS = 5000;
/** Most that coverage may cost, ms. */
const MEASURE_MS = 6000;
/** A base that takes longer is run no more often than it must, ms. */
const SLOW_MS = 1500;
/** What a base that never ends gets, ms: a test framework's worker ends the hanging tests itself, and goes on. */
const ENDLESS_MS = 1500;
const ENDLESS_TESTS_MS = 15_000;
/** What a change of a script that never ends gets, ms. */
const STILL_ENDLESS_MS = 150;
/** What the parent allows beyond the limit that a script's worker keeps itself. */
const GRACE_MS = 100;
/** A base that is quicker than this is better served with jobs in the worker's own queue. */
const QUICK_MS = 25;
const QUEUE = 6;

interface Limits {
  readonly budgetMs: number;
  readonly totalMs: number;
  readonly silenceMs: number;
}

/**
 * An oracle of warm workers for the failing process.
 * @throws Error that says why that process cannot be replayed, or that its replay says something else than the recording
 */
export async function openWarmOracle(settings: WarmSettings): Promise<Oracle> {
  const { recording, recordedRoot, makeSandbox, signal } = settings;
  const recorded = recording.failing;
  if (!recorded) throw new Error('the failing process is not known');
  if (ownPath(recordedRoot, recorded.cwd) === undefined && recorded.cwd !== recordedRoot)
    throw new Error('the failing process ran outside the work tree');
  signal.throwIfAborted();
  const script = ownScript(recordedRoot, recorded);
  const overlay = script && { script: [[script.path, purified(script)] as const] };
  const workers = settings.workers ?? Math.max(1, availableParallelism());
  const slot = { recorded, recordedRoot, overlay: overlay ?? {}, runners: RUNNERS };
  const pool = new Pool({ ...slot, makeSandbox, workers });
  const stop = () => void pool.close();
  signal.addEventListener('abort', stop, { once: true });
  const close = async () => {
    signal.removeEventListener('abort', stop);
    await pool.close();
  };
  try {
    const runner = await pool.start();
    const replay = new BaseReplay(pool, runner, settings, script);
    const { base, coverage, limits, isQuick, unstable } = await replay.run();
    const first = base.tests.filter(({ state }) => state === 'failed').map(({ id }) => id);
    pool.depth = isQuick ? QUEUE : 1;
    pool.grow();
    signal.throwIfAborted();
    return {
      name: `${runner} (warm)`,
      width: workers * pool.depth,
      base,
      coverage,
      unstable,
      run: async (patch, { signal: stopRun, stopAtFirstFailure = true }) => {
        stopRun.throwIfAborted();
        const files = [...patch].map(
          ([path, text]) => [path, path === script?.path && runner === 'script' ? purified(new SourceFile(path, text)) : text] as const,
        );
        const result = await pool.run({ patch: files, stopAtFirstFailure, budgetMs: limits.budgetMs, first }, limits, stopRun);
        stopRun.throwIfAborted();
        signal.throwIfAborted();
        return testRunOf(result, limits.budgetMs);
      },
      close,
    };
  } catch (error) {
    await close();
    signal.throwIfAborted();
    throw error;
  }
}

/** What the base says in a warm worker, and whether it says the same each time and as the recording. */
class BaseReplay {
  constructor(
    private readonly pool: Pool,
    private readonly runner: string,
    private readonly settings: WarmSettings,
    private readonly script: SourceFile | undefined,
  ) {}

  readonly #unstable = new Set<string>();

  async run(): Promise<{ base: TestRun; coverage: readonly TestCoverage[]; limits: Limits; isQuick: boolean; unstable: string[] }> {
    const { recording } = this.settings;
    const isEndless = recording.run.outcome === 'timeout';
    const endlessMs = this.runner === 'script' ? ENDLESS_MS : ENDLESS_TESTS_MS;
    const budgetMs = isEndless ? endlessMs : Math.max(BASE_MS, Math.ceil(recording.run.ms * 3));
    const limits = { budgetMs, totalMs: budgetMs + GRACE_MS, silenceMs: budgetMs + GRACE_MS };
    let plain: TestRun | undefined;
    if (this.runner === 'script') {
      // As the command runs it: the first failure ends it.
      const answer = await this.pool.run({ patch: [], stopAtFirstFailure: true, budgetMs }, limits);
      plain = testRunOf(answer, budgetMs);
      this.#check(answer, plain);
    }
    const answer = await this.pool.run({ patch: [], stopAtFirstFailure: false, budgetMs, coverage: 'per-test' }, limits);
    const whole = testRunOf(answer, budgetMs);
    this.#check(answer, whole);
    // A script that takes too long when it goes on after a failure is known up to the first.
    const base = plain && plain.outcome !== 'timeout' && whole.outcome === 'timeout' ? plain : whole;
    const { coverage, again } = await this.#measure(answer, base, limits);
    const isKnown = base !== whole || base.ms > SLOW_MS || (again !== undefined && isSame(again, base));
    const second = isKnown ? base : testRunOf(await this.pool.run({ patch: [], stopAtFirstFailure: false, budgetMs }, limits), budgetMs);
    if (!isSame(second, base)) this.#putUpWith(second, base, 'two runs of the base name different tests');
    const stable = { ...base, tests: base.tests.filter(({ id }) => !this.#unstable.has(id)) };
    return { base: stable, coverage, limits: this.#limitsFor(answer, base), isQuick: whole.ms < QUICK_MS, unstable: [...this.#unstable] };
  }

  #check(answer: WorkerAnswer | 'timeout' | 'crashed', run: TestRun): void {
    if (typeof answer === 'object' && answer.answer.unfaithful) throw new Error(answer.answer.unfaithful);
    if (answer === 'crashed') throw new Error('the base takes its process down');
    if (disagreement(run, this.settings.recording.run))
      this.#putUpWith(run, this.settings.recording.run, 'the replay does not say what the command said');
  }

  /** Notes the tests that two runs end differently. @throws Error when the runs have too little in common for that */
  #putUpWith(one: TestRun, other: TestRun, problem: string): void {
    const tests = differing(one, other);
    if (!tests) throw new Error(`${problem}: ${disagreement(one, other) ?? 'different tests'}`);
    for (const test of tests) this.#unstable.add(test);
  }

  /** Coverage by counters in the sources; the recording's where that cannot be had. */
  async #measure(
    answer: WorkerAnswer | 'timeout' | 'crashed',
    base: TestRun,
    limits: Limits,
  ): Promise<{ coverage: readonly TestCoverage[]; again?: TestRun }> {
    const { recording, recordedRoot, isTest = () => false } = this.settings;
    const loaded = typeof answer === 'object' ? (answer.answer.loaded ?? []) : [];
    const root = this.pool.firstRoot;
    const paths = [...loaded.map((file) => ownPath(root, file)), ...recording.coverage.flatMap(({ files }) => [...files.keys()])];
    const own = paths.filter((path) => path !== undefined);
    const isJudge = (path: string, text: string) =>
      isTest(path, text) || (path === this.script?.path && own.some((other) => other !== path) && purify(this.script).length > 0);
    const counted: CountedFile[] = [];
    const patch: [string, string][] = [];
    let first = 0;
    for (const file of sourcesToCount(recordedRoot, own, isJudge)) {
      const { wraps, stretches } = instrument(file, first);
      counted.push({ path: file.path, first, stretches });
      first += stretches.length;
      patch.push([
        file.path,
        applyWraps(file.text, [...(file.path === this.script?.path && this.runner === 'script' ? purify(file) : []), ...wraps]),
      ]);
    }
    if (patch.length === 0) return { coverage: recording.coverage };
    const baseMs = typeof answer === 'object' ? answer.ms : limits.budgetMs;
    // Counting makes loops several times slower: of a slow script only what comes before its first failure is measured.
    const isSlow = this.runner === 'script' && baseMs > SLOW_MS;
    const budgetMs = Math.ceil(Math.min(MEASURE_MS, baseMs * 10 + 1000));
    const slow = { budgetMs, totalMs: budgetMs + GRACE_MS, silenceMs: budgetMs + GRACE_MS };
    const measured = await this.pool.run({ patch, stopAtFirstFailure: isSlow, budgetMs, coverage: 'per-test' }, slow);
    if (typeof measured !== 'object') return { coverage: recording.coverage };
    const again = testRunOf(measured, budgetMs);
    const isTrue = disagreement(again, base) === undefined || differing(again, base) !== undefined;
    const coverage = isTrue ? coverageOf(measured.answer.coverage ?? [], counted) : [];
    return { coverage: coverage.some(({ files }) => files.size > 0) ? coverage : recording.coverage, again };
  }

  #limitsFor(answer: WorkerAnswer | 'timeout' | 'crashed', base: TestRun): Limits {
    // Most changes of a program that never ends leave it so: each costs its whole time, so that is short.
    if (base.outcome === 'timeout' || typeof answer !== 'object')
      return this.runner === 'script' ? atMost(STILL_ENDLESS_MS) : limitsOf(ENDLESS_MS / TIMES_BASE, ENDLESS_MS / TIMES_BASE, this.runner);
    return limitsOf(answer.ms, answer.gapMs, this.runner);
  }
}

const atMost = (budgetMs: number): Limits => ({ budgetMs, totalMs: budgetMs + GRACE_MS, silenceMs: budgetMs + GRACE_MS });

function limitsOf(baseMs: number, gapMs: number, runner: string): Limits {
  // A base that takes seconds needs no five times as many: endless loops are what most mutants that are late have.
  const budgetMs = Math.ceil(Math.max(LEAST_MS, Math.min(TIMES_BASE * baseMs, 2 * baseMs + 1000)));
  // A script's worker ends a loop itself; only what V8 cannot stop is left to the parent.
  if (runner === 'script') return atMost(budgetMs);
  return { budgetMs, totalMs: budgetMs, silenceMs: Math.max(LEAST_MS, TIMES_BASE * gapMs) };
}

function ownScript(root: string, { script }: NodeProcess): SourceFile | undefined {
  const path = ownPath(root, script);
  const text = path !== undefined && isScript(path) ? readSource(root, path) : undefined;
  return path !== undefined && text !== undefined ? new SourceFile(path, text) : undefined;
}

const purified = (file: SourceFile): string => applyWraps(file.text, purify(file));

function testRunOf(result: WorkerAnswer | 'timeout' | 'crashed', budgetMs: number): TestRun {
  if (result === 'timeout')
    return {
      outcome: 'timeout',
      tests: [],
      error: plainError('TimeoutError', `did not end within ${Math.round(budgetMs)} ms`),
      ms: budgetMs,
    };
  if (result === 'crashed') return { outcome: 'crashed', tests: [], error: plainError('Crash', 'the process ended'), ms: 0 };
  const { answer, ms } = result;
  const { tests, error, passed } = answer;
  return { outcome: answer.outcome ?? (passed ? 'passed' : 'failed'), tests, ...(error && { error }), ms };
}

const plainError = (name: string, message: string) => ({ name, message, stack: '' });
