import type { Proof, RecordedRequest, ReplayResult } from '@selfheal/contracts';
import type { Case, Replayed, Side } from './side.js';

export interface Observed {
  /** Status of the response when the failure was seen. */
  readonly status?: number;
}

export interface Evidence {
  readonly failing?: Case & { readonly observed?: Observed };
  readonly good: readonly Case[];
  readonly base: Side;
  readonly patched: Side;
}

/**
 * The verdict of a differential replay: proven when the failing request fails on base, each time and as it was
 * reported, and passes with the patch, and every good request that passes on base passes with the patch too, with the
 * same status. Good requests that fail on base say nothing, and are listed.
 */
export function decideProof({ failing, good, base, patched }: Evidence): Omit<Proof, 'duration_ms'> {
  const replays: Proof['replays'] = good.map(({ request }, i) => ({
    role: 'good',
    base: shown(request, base, base.good[i]),
    patched: shown(request, patched, patched.good[i]),
  }));
  if (failing) {
    const { request } = failing;
    replays.push({
      role: 'failing',
      base: shown(request, base, base.failing[0]),
      patched: shown(request, patched, patched.failing.at(-1)),
    });
  }
  const doubt = whyNotReproduced(failing, base);
  const against = whyNotFixed(patched, replays);
  const counted = replays.filter(({ role, base }) => role === 'good' && base.passed).length;
  const reason =
    doubt ?? against ?? `the failing request fails on base and passes with the patch; ${counted} good request(s) pass as before`;
  return { proven: !doubt && !against, reproduced: !doubt, reason: reason.slice(0, 2000), replays };
}

function whyNotReproduced(failing: Evidence['failing'], base: Side): string | undefined {
  if (!failing) return 'not reproduced: the failure came without a request to replay';
  if (base.startFailure) return `not reproduced: the base revision does not start in the sandbox: ${base.startFailure}`;
  const [first] = base.failing;
  if (!first?.fault) return 'not reproduced: the request does not fail on the base revision in the sandbox';
  if (base.failing.length < 2 || base.failing.some(({ fault }) => !fault)) {
    return 'inconclusive: the request fails on the base revision in the sandbox only sometimes';
  }
  const expected = failing.observed?.status;
  const { status } = first.result;
  if (expected !== undefined && status !== expected) {
    return `not reproduced: on the base revision in the sandbox the request gives ${status ?? 'no answer'}, ${expected} was reported`;
  }
  return undefined;
}

function whyNotFixed(patched: Side, replays: Proof['replays']): string | undefined {
  if (patched.startFailure) return `the patched server does not start: ${patched.startFailure}`;
  const failing = replays.find(({ role }) => role === 'failing')?.patched;
  if (failing && !failing.passed) return `the failing request still fails with the patch: ${failing.reason}`;
  const broken = replays.filter(({ role, base, patched }) => role === 'good' && base.passed && !same(base, patched));
  if (broken.length === 0) return undefined;
  const list = broken.map(({ base, patched: { request, status, reason } }) => {
    return `${request.method} ${request.path}: ${reason || `status ${status} instead of ${base.status}`}`;
  });
  return `the patch breaks what works: ${list.join('; ')}`;
}

const same = (base: ReplayResult, patched: ReplayResult): boolean => patched.passed && patched.status === base.status;

function shown({ method, path }: RecordedRequest, side: Side, replayed: Replayed | undefined): ReplayResult {
  if (replayed) return replayed.result;
  const reason = side.startFailure ? 'the server does not start' : 'not replayed';
  return { request: { method, path }, passed: false, duration_ms: 0, reason };
}
