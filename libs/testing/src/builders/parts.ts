import type { Candidate, Cause, FailurePayload, Proof, ReplayResult, Verdict } from '@selfheal/contracts';
import { aDigest } from './ids.js';

/** What the emitter sends for the shop's returns failure. */
export const aFailurePayload = (more: Partial<FailurePayload> = {}): FailurePayload => ({
  service: 'shop',
  error: {
    name: 'ResponseSchemaError',
    message: 'response does not match its schema: refundCents: expected number, received undefined',
    stack: 'ResponseSchemaError: response does not match its schema\n    at toReturn (file:///shop/src/returns/returns.ts:21:11)',
    issues: [
      {
        path: ['refundCents'],
        code: 'invalid_type',
        message: 'expected number, received undefined',
        expected: 'number',
        received: 'undefined',
      },
    ],
  },
  route: 'POST /api/returns',
  request: { method: 'POST', path: '/api/returns', headers: { 'content-type': 'application/json' }, body: '{"orderId":"o-1","sku":"mug"}' },
  response: { status: 500 },
  recorded: [{ request: { method: 'GET', path: '/api/products', headers: {} }, response: { status: 200, body: '[]' } }],
  ...more,
});

export const aCause = (more: Partial<Cause> = {}): Cause => ({
  summary: 'toReturn leaves out refundCents, which the response schema requires',
  category: 'api',
  location: { file: 'src/returns/returns.ts', line: 21 },
  evidence: [{ kind: 'stack', summary: 'thrown in toReturn' }],
  ...more,
});

const DIFF = `--- a/src/returns/returns.ts
+++ b/src/returns/returns.ts
@@ -1,1 +1,1 @@
-export const x = 1;
+export const x = 2;
`;

/** A candidate whose digest is that of its diff. */
export const aCandidate = ({ diff = DIFF, ...more }: Partial<Candidate> = {}): Candidate => ({
  digest: aDigest(diff),
  diff,
  files: ['src/returns/returns.ts'],
  loc: 2,
  template: 'rename-field',
  summary: 'returns refundCents',
  score: 0.9,
  ...more,
});

export const aVerdict = (more: Partial<Verdict> = {}): Verdict => ({
  passed: true,
  allowlist: true,
  max_loc: true,
  no_secrets: true,
  no_dangerous_ops: true,
  checks: [{ check: 'max_loc', group: 'size', passed: true, reason: '2 of 60 lines', evidence: [] }],
  ...more,
});

export const aReplay = (more: Partial<ReplayResult> = {}): ReplayResult => ({
  request: { method: 'POST', path: '/api/returns' },
  passed: true,
  status: 201,
  duration_ms: 5,
  reason: '',
  ...more,
});

export const aProof = (more: Partial<Proof> = {}): Proof => ({
  proven: true,
  reproduced: true,
  reason: 'fails on base, passes on the patch; 1 good request still passes',
  replays: [{ role: 'failing', base: aReplay({ passed: false, status: 500, reason: 'status 500' }), patched: aReplay() }],
  duration_ms: 400,
  ...more,
});
