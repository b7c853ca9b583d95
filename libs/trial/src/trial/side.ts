import { type Expectation, type RecordedRequest, type ReplayResult, SAFE_METHODS, type TargetConfig } from '@selfheal/contracts';
import { type Fault, judge } from '../replay/judge.js';
import { toResult } from '../replay/replay.js';
import { send } from '../replay/send.js';
import { type Sandbox, SandboxDidNotStart, startSandbox } from '../sandbox/sandbox.js';

export interface Case {
  readonly request: RecordedRequest;
  readonly expectation?: Expectation;
}

/** One replay and what was wrong with it. */
export interface Replayed {
  readonly result: ReplayResult;
  readonly fault?: Fault;
}

/** All replays on one side of the differential: the base revision or a patched one. */
export interface Side {
  /** Why the server did not start; there are no replays then. */
  readonly startFailure?: string;
  readonly good: readonly Replayed[];
  /** Attempts at the failing request, in order; each but the last one failed. */
  readonly failing: readonly Replayed[];
}

export interface SideOptions {
  readonly dir: string;
  readonly config: TargetConfig;
  readonly good: readonly Case[];
  readonly failing?: Case;
  /** `base`: a failure must show again before it counts. `patched`: one pass is enough. */
  readonly role: 'base' | 'patched';
  readonly traceId: string;
  readonly signal: AbortSignal;
}

/** A latency is the best of this many tries: the machine may have been busy. */
const LATENCY_TRIES = 3;
/** Replays of one side may take this many times the time limit of one request, together. */
const PATIENCE = 3;

/**
 * Starts the server in `dir` and replays: the good requests first, since the failing one may change state, then the
 * failing one. Rejects only when `signal` fires.
 */
export async function runSide(options: SideOptions): Promise<Side> {
  const { failing, role } = options;
  return await inSandbox(options, async (replay, sandbox) => {
    const good = await replayAll(options.good, replay);
    if (!failing) return { good, failing: [] };
    const attempts = [await replay(failing)];
    const more = () => attempts.length < triesFor(attempts.at(-1), failing.request, role);
    while (more() && !sandbox.hasEnded()) attempts.push(await replay(failing));
    const [last] = attempts.slice(-1);
    const undecided = more() || (attempts.length > 1 && !last?.fault && !SAFE_METHODS.has(failing.request.method));
    if (role === 'base' && undecided) {
      // It crashed the server, or the first attempt may have changed what the second one met: again from the start.
      const again = await runAgain(options, failing);
      return { good, failing: again ? [...attempts.filter(({ fault }) => fault), again] : attempts };
    }
    return { good, failing: attempts };
  });
}

function triesFor(last: Replayed | undefined, request: RecordedRequest, role: SideOptions['role']): number {
  if (!last?.fault) return 0;
  if (last.fault === 'latency' && SAFE_METHODS.has(request.method)) return LATENCY_TRIES;
  return role === 'base' ? 2 : 1;
}

async function runAgain(options: SideOptions, failing: Case): Promise<Replayed | undefined> {
  let outcome: Replayed | undefined;
  await inSandbox(options, async (replay) => {
    const good = await replayAll(options.good, replay);
    outcome = await replay(failing);
    return { good, failing: [outcome] };
  });
  return outcome;
}

type Replay = (one: Case) => Promise<Replayed>;

async function inSandbox(options: SideOptions, work: (replay: Replay, sandbox: Sandbox) => Promise<Side>): Promise<Side> {
  const { dir, config, traceId, signal } = options;
  let sandbox: Sandbox;
  try {
    sandbox = await startSandbox({ dir, start: config.start, health: config.health, traceId, signal });
  } catch (error) {
    if (error instanceof SandboxDidNotStart) return { startFailure: error.message, good: [], failing: [] };
    throw error;
  }
  const deadline = performance.now() + config.replay.timeout_ms * PATIENCE;
  const replay: Replay = async ({ request, expectation }) => {
    const left = Math.ceil(deadline - performance.now());
    const timeoutMs = Math.max(1, Math.min(config.replay.timeout_ms, left));
    const answer = await send(sandbox.url, request, { timeoutMs, traceId, signal });
    const judgement = judge(expectation, answer);
    return { result: toResult(request, answer, judgement), fault: judgement.fault };
  };
  try {
    return await work(replay, sandbox);
  } finally {
    await sandbox.stop();
  }
}

async function replayAll(cases: readonly Case[], replay: Replay): Promise<Replayed[]> {
  const replayed: Replayed[] = [];
  for (const one of cases) replayed.push(await replay(one));
  return replayed;
}
