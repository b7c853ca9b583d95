import { performance } from 'node:perf_hooks';
import type { Recording } from '../command/recording.js';
import { reproduce } from '../command/reproduce.js';
import type { Reproduction } from '../command/reproduction.js';
import { runCommand } from '../command/run-command.js';
import { learningOf } from '../memory/learning.js';
import type { Memory } from '../memory/memory.js';
import { chooseOracle } from '../oracle/choose-oracle.js';
import type { Patch, TestError } from '../oracle/oracle.js';
import type { FixOptions, FixProgress } from '../report.js';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.js';
import { rankPlausible } from '../search/choose.js';
import { explore } from '../search/explore.js';
import { type Proven, prove } from '../search/prove.js';
import type { Tried } from '../search/try-all.js';
import { Sources } from '../work-tree/sources.js';
import { readWorkTree } from '../work-tree/work-tree.js';
import { behaviourOf } from './behaviour.js';
import { causeOf } from './cause.js';
import { codemodsOf } from './codemods.js';
import type { Ending } from './ending.js';
import { localise } from './localise.js';
import { regressionCheck } from './regressions.js';
import { scopeOf } from './scope.js';
import { timeLimit } from './time-limit.js';

export interface Healing extends Omit<FixOptions, 'memory'> {
  readonly memory: Memory;
  readonly maxAttempts: number;
  /** When the time is up, as performance.now() says it. */
  readonly deadline: number;
  /** A copy of the work tree, as it was found. */
  readonly sandbox: Sandbox;
  readonly onProgress: (event: FixProgress) => void;
}

/** Of the time that is left this share is for the search, at most: the rest proves what it found. */
const SEARCH_SHARE = 0.85;
/** One run of the tests that the command leaves out gets at most this share of the time that is left, and this long. */
const REGRESSION_SHARE = 0.25;
const MAX_REGRESSION_MS = 10_000;
const RUNS = 3;
/** Where a failing test disturbs others, one run that passes may be luck. */
const UNSTABLE_PROOFS = 2;
/** A slower command is run once; the oracle's warm workers repeat it. Milliseconds. */
const SLOW_COMMAND_MS = 1500;

/** Reproduces, searches, chooses and proves. The sandbox is as it was afterwards; nothing that was started runs on. */
export async function heal(healing: Healing): Promise<Ending> {
  const { root, command, sandbox, signal, deadline, onProgress } = healing;
  const left = () => deadline - performance.now();
  const treeRead = readWorkTree(root, signal);
  // Where the reproduction rejects first, nobody waits for it.
  treeRead.catch(() => undefined);
  const started = performance.now();
  const reproducing = {
    runs: RUNS,
    onceAboveMs: SLOW_COMMAND_MS,
    // A heal needs to run the command many times: one that takes longer than this cannot be healed in the time.
    timeoutMs: Math.round(left() / 3),
    signal,
    onRun: (run: number) => onProgress({ stage: 'reproducing', run, of: Math.max(run, RUNS) }),
  };
  const reproduction = await reproduce({ argv: command }, sandbox, reproducing);
  const tree = await treeRead;
  const { snapshot } = tree;
  const failure = failureOf(reproduction);
  if (!failure) return unhealable(reproduction);
  const { recording, failures, medianMs } = failure;
  const failing = recording.run.tests.filter(({ state }) => state === 'failed').length || 1;
  onProgress({ stage: 'reproduced', failures: failing, flaky: false, ms: Math.round(performance.now() - started) });

  const scope = scopeOf(tree, healing, recording.processes);
  const sources = new Sources(snapshot.files);
  const learning = learningOf({ memory: healing.memory, failures, snapshot, sources, scope, root });
  const found = await codemodsOf({ recording, failures, snapshot, sources, scope, root, sandbox, command, signal });
  const search = timeLimit(signal, left() * SEARCH_SHARE - medianMs);
  const limit = search.signal;
  const oracle = await chooseOracle<Sandbox>({
    recording,
    recordedRoot: sandbox.root,
    command: { argv: command },
    makeSandbox: () => openSandbox(root, { signal: limit }),
    runCommand,
    isTest: (path) => !scope.script(path),
    onFallBack: (reason) => onProgress({ stage: 'note', text: `no warm worker: ${reason}` }),
    signal: limit,
  }).catch((error: unknown) => {
    search.clear();
    // What never ends has no worker to open either, as far as the time went.
    if (limit.aborted && !signal.aborted && reproduction.kind !== 'fails') return undefined;
    throw error;
  });
  if (!oracle) return unhealable(reproduction);
  try {
    onProgress({ stage: 'oracle', name: oracle.name, width: oracle.width });
    // A process that never ends may just be a server: only where a worker sees the same endless loop is there a fault. A script that
    // waits is never taken for one: whatever keeps it from waiting would pass.
    const isServer = recording.isIdle === true && oracle.name.startsWith('script');
    if (reproduction.kind !== 'fails' && (oracle.name === 'command' || isServer)) return unhealable(reproduction);
    if (oracle.name === 'command' && medianMs > SLOW_COMMAND_MS) {
      // No worker has repeated it: whether it always fails alike is still to be seen.
      const onRun = (run: number) => reproducing.onRun(run + 1);
      const again = await reproduce({ argv: command }, sandbox, { ...reproducing, onRun, runs: RUNS - 1, onceAboveMs: undefined });
      if (again.kind !== reproduction.kind)
        return unhealable(again.kind === 'passes' ? { kind: 'flaky', outcomes: ['failed', 'passed'] } : again);
    }
    const places = localise({
      oracle,
      recording,
      failures,
      sources,
      scope,
      root,
      repaired: found.repaired,
      trackRecord: learning.trackRecord,
    });
    onProgress({ stage: 'localised', files: places.files.length, suspects: places.suspects });
    if (places.files.length === 0 && found.candidates.length === 0)
      return { reason: 'nothing_editable', detail: places.why, cause: found.cause, tried: 0, attempts: [] };
    const ledger = await explore({
      oracle,
      codemods: learning.first(found.candidates, places),
      mutations: places.mutations,
      signal: limit,
      onProgress,
      now: () => performance.now(),
    });
    signal.throwIfAborted();
    if (ledger.plausible.length === 0) ledger.plausible.push(...(await passing(healing, ledger.better, recording)));
    const behaviour = await behaviourOf({ plausible: ledger.plausible, recording, sandbox, sources, signal });
    const isUnstable = oracle.unstable.length > 0 || (reproduction.kind === 'fails' && reproduction.unstable);
    if (isUnstable) onProgress({ stage: 'note', text: `some tests fail now and then: a patch is proven twice` });
    const proofs = isUnstable ? UNSTABLE_PROOFS : 1;
    const ranked = rankPlausible({ base: oracle.base, plausible: ledger.plausible, tried: ledger.tried, behaviour });
    const proven = await prove({
      ranked,
      maxAttempts: healing.maxAttempts,
      base: snapshot.files,
      editable: scope.editable,
      command: (patch) => passes(healing, patch, Math.round(Math.max(1000, Math.min(left(), medianMs * 5 + 5000))), proofs),
      regressions: regressionsOf(healing, recording, snapshot.files.keys(), left() * REGRESSION_SHARE),
      onProgress,
      signal,
    }).catch((error: unknown): Proven => {
      // The time was up in the middle of a proof: what was tried is still to be told.
      if (!signal.aborted) throw error;
      return { attempts: [], doubtful: 0 };
    });
    const lessons = learning.lessons(ranked, proven.attempts);
    const cause = causeOf({ winner: proven.winner, codemods: found, failures, suspects: places.suspects });
    if (proven.winner) return { winner: proven.winner, cause, tried: ledger.tried, attempts: proven.attempts, lessons };
    if (reproduction.kind !== 'fails' && proven.attempts.length === 0) return { ...unhealable(reproduction), tried: ledger.tried, cause };
    const rejected = proven.attempts.length > 0 && proven.attempts.every(({ outcome }) => outcome === 'rejected');
    const reason = proven.doubtful > 0 ? 'ambiguous' : rejected ? 'guardrail' : limit.aborted ? 'timeout' : 'no_candidate';
    return { reason, cause, tried: ledger.tried, attempts: proven.attempts, lessons };
  } finally {
    search.clear();
    await oracle.close();
  }
}

/** What the tests that the command leaves out say of a patch; nothing when the failing process is not known. */
function regressionsOf({ root, sandbox, signal }: Healing, { failing }: Recording, paths: Iterable<string>, timeoutMs: number) {
  if (!failing) return async () => [];
  const openOther = () => openSandbox(root, { signal });
  return regressionCheck({ failing, sandbox, openOther, paths, timeoutMs: Math.min(MAX_REGRESSION_MS, Math.round(timeoutMs)), signal });
}

/**
 * Of candidates that mended what they could: those with which the command passes all the same. A test that fails with and
 * without the fault does not fail a command that knows of it.
 */
async function passing(healing: Healing, better: readonly Tried[], { processes, run }: Recording): Promise<Tried[]> {
  // Where the failing process is the command itself, its failing test fails the command.
  if (processes.length < 2) return [];
  for (const tried of better.slice(0, healing.maxAttempts)) {
    const { passed } = await passes(healing, tried.candidate.patch, Math.round(run.ms * 3 + 2000));
    if (passed) return [tried];
  }
  return [];
}

/** Whether the whole command passes on the patched tree, in a fresh process, `times` times. */
async function passes(
  { command, sandbox, signal }: Healing,
  patch: Patch,
  timeoutMs: number,
  times = 1,
): Promise<{ passed: boolean; how: string }> {
  for (let time = 1; ; time++) {
    await sandbox.write(patch);
    try {
      const { run, exitCode } = await runCommand({ argv: command, sandbox, timeoutMs, signal });
      if (run.outcome !== 'passed') return { passed: false, how: run.outcome === 'timeout' ? 'it did not end' : `exit code ${exitCode}` };
      if (time === times) return { passed: true, how: '' };
    } finally {
      await sandbox.restore();
    }
  }
}

/** What there is to heal: a command that fails each time alike, or the one process of it that never ends or is killed. */
function failureOf(reproduction: Reproduction): { recording: Recording; failures: readonly TestError[]; medianMs: number } | undefined {
  if (reproduction.kind === 'fails') return reproduction;
  if ((reproduction.kind !== 'never-ends' && reproduction.kind !== 'killed') || !reproduction.recording.failing) return undefined;
  const { recording } = reproduction;
  const message = reproduction.kind === 'killed' ? `ended by ${reproduction.signal}` : 'does not end';
  const failures = [recording.run.error ?? { name: 'CommandFailed', message, stack: '' }];
  // How long it takes once it ends is not known: what was waited in vain says nothing about it.
  return { recording, failures, medianMs: Math.min(recording.run.ms, SLOW_COMMAND_MS) };
}

function unhealable(reproduction: Reproduction): Ending {
  const none = { tried: 0, attempts: [] };
  switch (reproduction.kind) {
    case 'fails':
      return { ...none, reason: 'no_candidate' };
    case 'passes':
      return { ...none, passes: true };
    case 'flaky':
      return { ...none, reason: 'flaky', detail: reproduction.outcomes.join('; ').slice(0, 400) };
    case 'never-ends':
      return { ...none, reason: 'never_ends', detail: `within ${Math.round(reproduction.afterMs / 1000)} s` };
    case 'cannot-start':
      return { ...none, reason: 'cannot_start', detail: reproduction.reason };
    case 'killed':
      return { ...none, reason: 'killed', detail: reproduction.signal };
    case 'needs-network':
      return { ...none, reason: 'needs_network', detail: reproduction.host };
  }
}
