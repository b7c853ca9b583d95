/** The gateway's public API, as the dashboard uses it. Every answer is hostile until it has passed a guard. */
import type { HealingTrace, TargetConfig } from '@selfheal/contracts';
import { asTrace } from '../live/messages';
import { parseHostileJson } from '../text/neutralise';
import { GatewayProblem, problemOf } from './problem';

export interface TargetSummary {
  readonly name: string;
  readonly autonomy: TargetConfig['autonomy'];
  readonly strategy?: string;
  readonly base_url?: string;
}
export interface DemoFault {
  readonly name: string;
  readonly title: string;
  readonly family: string;
}
export interface Decision {
  readonly digest: string;
  readonly decision: 'grant' | 'deny';
  readonly by: string;
  readonly reason: string;
}
/** Methods reject with {@link GatewayProblem}. */
export type GatewayClient = ReturnType<typeof gatewayClient>;

const TIMEOUT_MS = 10_000;
/** The demo applies a patch and reloads its shop before it answers. */
const BREAK_TIMEOUT_MS = 35_000;
/** Spelt out, because the contract's own list comes with its schemas. */
const LEVELS: Record<TargetConfig['autonomy'], true> = { observe: true, suggest: true, approve: true, auto: true };

/** A client of the gateway at `base`, an absolute URL without a trailing slash. */
export function gatewayClient(base: string) {
  const url = (path: string) => `${base}/api/v1${path}`;
  return {
    eventsUrl: url('/events'),
    /** Newest first. */
    traces: async (): Promise<HealingTrace[]> =>
      list(await call(url('/traces')), 'traces')
        .map(asTrace)
        .filter((t) => t !== undefined),
    trace: async (id: string): Promise<HealingTrace | undefined> => asTrace(await call(url(`/traces/${encodeURIComponent(id)}`))),
    targets: async (): Promise<TargetSummary[]> => list(await call(url('/targets')), 'targets').filter(isTarget),
    /** Empty where there is no demo to break. */
    faults: async (): Promise<DemoFault[]> => {
      try {
        return list(await call(url('/demo/faults')), 'faults').filter(isFault);
      } catch (error) {
        if (error instanceof GatewayProblem && error.status === 404) return [];
        throw error;
      }
    },
    breakIt: async (fault: string): Promise<void> => {
      await call(url(`/demo/faults/${encodeURIComponent(fault)}`), { method: 'POST' }, BREAK_TIMEOUT_MS);
    },
    decide: async (traceId: string, decision: Decision): Promise<void> => {
      await call(url(`/traces/${encodeURIComponent(traceId)}/approval`), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(decision),
      });
    },
  };
}

async function call(url: string, init: RequestInit = {}, timeoutMs = TIMEOUT_MS): Promise<unknown> {
  let response: Response;
  let body: string;
  try {
    response = await fetch(url, { ...init, cache: 'no-store', signal: AbortSignal.timeout(timeoutMs) });
    body = await response.text();
  } catch {
    throw new GatewayProblem(0, `no answer from the gateway at ${new URL(url).origin}`);
  }
  if (!response.ok) throw problemOf(response.status, body);
  if (body === '') return undefined;
  try {
    return parseHostileJson(body);
  } catch {
    throw new GatewayProblem(response.status, 'the gateway answered with something that is not JSON');
  }
}

function list(answer: unknown, field: string): unknown[] {
  const value = (answer as Record<string, unknown> | undefined | null)?.[field];
  return Array.isArray(value) ? value : [];
}

const texts = (value: unknown, ...fields: string[]): boolean =>
  typeof value === 'object' && value !== null && fields.every((field) => typeof (value as Record<string, unknown>)[field] === 'string');
const isTarget = (value: unknown): value is TargetSummary =>
  texts(value, 'name', 'autonomy') && Object.hasOwn(LEVELS, (value as TargetSummary).autonomy);
const isFault = (value: unknown): value is DemoFault => texts(value, 'name', 'title', 'family');
