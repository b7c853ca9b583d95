/** A heal of the shop's returns fault for specs: the events of one that goes well, or of one that is rolled back and retried. */
import { type HealingEventType, healingEvent, type Payload, parseHealingEvent, type StoredEvent } from '@selfheal/contracts';

export const traceIdOf = (n: number): string => n.toString(16).padStart(32, '0');
const hex = (char: string, length: number): string => char.repeat(length);
const PATH = '/returns/7';
const DIFF = `--- a/src/returns.ts\n+++ b/src/returns.ts\n@@ -1,3 +1,3 @@\n const a = 1;\n-const b = order.total;\n+const b = order.totalCents;\n const c = 3;\n`;

const replay = (passed: boolean, status: number) => ({
  request: { method: 'GET' as const, path: PATH },
  passed,
  status,
  duration_ms: 12,
  reason: passed ? '' : `status ${status}`,
});
const candidate = {
  digest: hex('c', 64),
  diff: DIFF,
  files: ['src/returns.ts'],
  loc: 2,
  template: 'rename-field',
  summary: 'read totalCents',
  score: 0.9,
};
const verdict = {
  passed: true,
  allowlist: true,
  max_loc: true,
  no_secrets: true,
  no_dangerous_ops: true,
  checks: [{ check: 'allowlist', group: 'allowlist' as const, passed: true, reason: 'inside src/**', evidence: [] }],
};
const proof = {
  proven: true,
  reproduced: true,
  reason: 'the failing request passes',
  replays: [{ role: 'failing' as const, base: replay(false, 500), patched: replay(true, 200) }],
  duration_ms: 700,
};

/** The events from `HEALING_STARTED` to `HEALED`; with `rolledBack`, the first attempt fails live and the second holds. */
export function aHeal({ n = 1, startedAt = Date.UTC(2026, 10, 22, 10), rolledBack = false } = {}): StoredEvent[] {
  const stored: StoredEvent[] = [];
  const say = <T extends HealingEventType>(type: T, afterMs: number, payload: Payload<T>) => {
    const at = new Date(startedAt + afterMs).toISOString();
    stored.push({ seq: n * 100 + stored.length, at, event: parseHealingEvent(healingEvent(type, traceIdOf(n), at, payload)) });
  };
  say('HEALING_STARTED', 40, {
    attempt: 1,
    target: 'shop',
    fingerprint: hex('f', 64),
    failure_type: 'RETURN_API_FAILURE',
    failure: { service: 'shop', error: { name: 'ZodError', message: 'expected number' }, route: 'GET /returns/:id', recorded: [] },
    failed_at: new Date(startedAt).toISOString(),
  });
  const attempt = (number: number, from: number) => {
    say('RCA_READY', from + 100, {
      attempt: number,
      engine: 'rules',
      playbook: 'schema-mismatch',
      cause: { summary: 'the field was renamed', category: 'api', evidence: [] },
      patch_spec: { instruction: 'read totalCents', files: ['src/returns.ts'], data: {} },
      risk_score: 0.1,
      confidence: 0.95,
      base_revision: hex('a', 40),
    });
    say('MORPH_APPLY_SUCCEEDED', from + 130, { attempt: number, engine: 'rules', base_revision: hex('a', 40), candidates: [candidate] });
    say('GUARDRAIL_PASSED', from + 1000, {
      attempt: number,
      candidate,
      verdict,
      proof,
      base_revision: hex('a', 40),
      inverse: DIFF,
      digest: hex('d', 64),
      approval_required: false,
      approval_reason: '',
      rejected: [],
    });
    say('RELOAD_DONE', from + 1400, {
      attempt: number,
      strategy: 'hot-reload',
      revision: hex('b', 40),
      previous_revision: hex('a', 40),
      candidate: candidate.digest,
      reload_ms: 300,
    });
  };
  attempt(1, 0);
  let end = 1700;
  let last = 1;
  if (rolledBack) {
    say('VERIFY_REPLAY_FAIL', 1600, {
      attempt: 1,
      mode: 'replay',
      failing: replay(false, 500),
      good: [],
      healthy: true,
      reason: 'still fails',
    });
    say('ROLLBACK_REQUESTED', 1610, { attempt: 1, reason: 'still fails', revision: hex('b', 40), previous_revision: hex('a', 40) });
    say('ROLLBACK_DONE', 1900, { attempt: 1, revision: hex('e', 40), tree: hex('7', 40), identical: true });
    say('RETRY_REQUESTED', 1910, { attempt: 2, reason: 'still fails', rejected_digests: [candidate.digest] });
    attempt(2, 2000);
    end = 3700;
    last = 2;
  }
  say('VERIFY_REPLAY_PASS', end, {
    attempt: last,
    mode: 'replay',
    failing: replay(true, 200),
    good: [],
    healthy: true,
    reason: 'the failing request passes live',
  });
  say('HEALED', end + 20, {
    attempt: last,
    engine: 'rules',
    playbook: 'schema-mismatch',
    revision: hex('b', 40),
    patch: DIFF,
    healed_at: new Date(startedAt + end + 20).toISOString(),
  });
  return stored;
}
