/** What may be replayed against a live target, and what must work there. Pure. */
import {
  type Expectation,
  type Proof,
  type RecordedRequest,
  type ReplayResult,
  SAFE_METHODS,
  type TargetConfig,
} from '@selfheal/contracts';

/**
 * Whether a live target may get this request once more. Safe methods always (RFC 9110, section 9.2.1); others only as the target
 * opts in: never, with an `Idempotency-Key` (IETF draft-ietf-httpapi-idempotency-key-header), or always.
 */
export function mayReplay(request: RecordedRequest, policy: TargetConfig['replay']['live_unsafe']): boolean {
  if (SAFE_METHODS.has(request.method) || policy === 'always') return true;
  const keyed = Object.keys(request.headers).some((name) => name.toLowerCase() === 'idempotency-key');
  return policy === 'with-idempotency-key' && keyed;
}

export interface GoodRequest {
  readonly request: RecordedRequest;
  readonly expectation?: Expectation | undefined;
}

/**
 * The good requests to replay live: those of selfheal.yaml and those the emitter recorded that may be replayed, less those that did
 * not even pass on the base revision in the sandbox.
 */
export function goodRequests(config: TargetConfig, recorded: readonly GoodRequest[], proof: Proof): GoodRequest[] {
  const broken = new Set(proof.replays.filter((r) => r.role === 'good' && !r.base.passed).map((r) => keyOf(r.base.request)));
  const configured = config.replay.good.map(({ request, expect }) => ({ request, expectation: expect }));
  const unique = new Map([...recorded, ...configured].map((good) => [keyOf(good.request), good]));
  return [...unique.values()].filter(({ request }) => mayReplay(request, config.replay.live_unsafe) && !broken.has(keyOf(request)));
}

const keyOf = ({ method, path }: { readonly method: string; readonly path: string }): string => `${method} ${path}`;

export interface LiveFacts {
  readonly mode: 'replay' | 'watch';
  /** The failing request again; absent when it was watched for instead. */
  readonly failing?: ReplayResult | undefined;
  /** While watching: the failure happened again. */
  readonly recurred: boolean;
  readonly good: readonly ReplayResult[];
  readonly healthy: boolean;
}

/** Whether the patch holds on the live target, and why. */
export function judgeLive({ mode, failing, recurred, good, healthy }: LiveFacts): { passed: boolean; reason: string } {
  if (!healthy) return { passed: false, reason: 'the target does not answer its health check' };
  if (failing && !failing.passed) return { passed: false, reason: `the failing request still fails: ${failing.reason}` };
  if (recurred) return { passed: false, reason: 'the same failure came again from real traffic' };
  const broken = good.filter((result) => !result.passed);
  if (broken[0]) {
    const { request, reason } = broken[0];
    return {
      passed: false,
      reason: `${broken.length} of ${good.length} good requests fail now, first ${request.method} ${request.path}: ${reason}`,
    };
  }
  const first = mode === 'replay' ? 'the failing request passes' : 'the failure did not come again while real traffic was watched';
  return { passed: true, reason: `${first}, ${good.length} good requests still pass` };
}
