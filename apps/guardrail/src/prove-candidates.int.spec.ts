import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failurePayload, guardrailPassed } from '@selfheal/contracts';
import { isClean, treeOf } from '@selfheal/git';
import { proofDigest } from '@selfheal/policy';
import { outcomesOf } from './outcomes.js';
import { openSandbox } from './sandbox.js';
import { candidateOf, editOf, type TestTarget, targetOf } from './testing/target-of.js';
import { tryCandidates } from './try-candidates.js';

const server = `import { createServer } from 'node:http';

const orders = { 1: { address: { city: 'Bern' } }, 2: {} };

const routes = {
  '/healthz': () => 'ok',
  '/orders/1': () => orders[1].address.city,
  '/orders/2': () => orders[2].address.city,
};

createServer((request, response) => {
  try {
    const route = routes[request.url];
    response.writeHead(route ? 200 : 404);
    response.end(JSON.stringify({ city: route?.() }));
  } catch (error) {
    response.destroy(error);
  }
}).listen(process.env.PORT, '127.0.0.1');
`;
const get = (path: string) => ({ method: 'GET', path });
const failure = (request?: { method: string; path: string }) =>
  failurePayload.parse({
    service: 'shop',
    error: { name: 'TypeError', message: "Cannot read properties of undefined (reading 'city')" },
    ...(request && { request }),
    recorded: [{ request: get('/orders/1'), response: { status: 200 } }],
  });

const good = editOf(server, server.replace('orders[2].address.city', "orders[2].address?.city ?? ''"));
/** Heals the failing request and takes away what worked, in a way that policy has nothing against. */
const breaking = editOf(
  server,
  server.replace("'/orders/1': () => orders[1].address.city,\n  '/orders/2': () => orders[2].address.city,", "'/orders/2': () => '',"),
);
const useless = editOf(server, server.replace('orders = {', 'allOrders = {').replaceAll(/(\d|\s)orders\[/g, '$1allOrders['));
const hostile = editOf(server, `import { execSync } from 'node:child_process';\nexecSync('touch /tmp/selfheal-was-here');\n${server}`);
/** Fails the type check of the target, which takes a file with this word for an error. */
const mistyped = editOf(server, server.replace('orders[2].address.city', "orders[2].address?.city ?? 'MISTYPED'"));

const typeCheck = `import { readFileSync } from 'node:fs';
if (readFileSync('src/server.mjs', 'utf8').includes('MISTYPED')) {
  console.log('src/server.mjs(8,1): error TS2322: mistyped');
  process.exitCode = 2;
}
`;

let given: TestTarget;
beforeAll(async () => {
  given = await targetOf({ 'src/server.mjs': server, 'check.mjs': typeCheck }, { types: { command: ['node', 'check.mjs'] } });
});
afterAll(async () => await given[Symbol.asyncDispose]());

async function judge(
  candidates: Parameters<typeof tryCandidates>[0],
  request: { method: string; path: string } | undefined = get('/orders/2'),
) {
  const { target, revision: baseRevision } = given;
  const lines: string[] = [];
  const signal = AbortSignal.timeout(60_000);
  const tried = await tryCandidates(candidates, {
    target,
    baseRevision,
    failure: failure(request),
    traceId: 'a'.repeat(32),
    openSandbox,
    signal,
    progress: (line) => lines.push(line),
  });
  const outcomes = outcomesOf(tried, { attempt: 1, baseRevision, target, plan: { risk_score: 0.1, confidence: 0.9 } });
  return { tried, lines, outcomes };
}

describe('policy and proof together', () => {
  it('passes a good patch, proven, with its inverse, and leaves the target as it was', async () => {
    const { tried, outcomes, lines } = await judge([good]);
    expect(tried).toMatchObject({
      winner: { candidate: good, verdict: { passed: true }, proof: { proven: true, reproduced: true } },
      rejected: [],
    });
    expect(outcomes).toMatchObject([
      { type: 'GUARDRAIL_PASSED', payload: { approval_required: false, inverse: expect.stringContaining('address.city') } },
    ]);
    // The deployer computes the digest again from what came over the wire.
    const passed = guardrailPassed.parse(JSON.parse(JSON.stringify(outcomes[0]?.payload)));
    expect(proofDigest({ ...passed, diff: passed.candidate.diff })).toBe(passed.digest);
    expect(lines.join('\n')).toMatch(/replay failing GET \/orders\/2: base fails.*patched passes \(200\)/);
    expect(await isClean(given.target.root)).toBe(true);
    expect(await treeOf(given.target.root, 'HEAD')).toBe(await treeOf(given.target.root, given.revision));
  });

  it('takes the first candidate that passes everything, and shows why the others did not', async () => {
    const { tried, outcomes } = await judge([hostile, breaking, mistyped, useless, good]);
    expect(tried.winner?.candidate).toEqual(good);
    expect(tried.rejected).toMatchObject([
      { candidate: hostile.digest, verdict: { no_dangerous_ops: false } },
      {
        candidate: breaking.digest,
        verdict: { passed: true },
        proof: { proven: false, reproduced: true, reason: expect.stringContaining('/orders/1') },
      },
      { candidate: mistyped.digest, verdict: { passed: false, no_dangerous_ops: true } },
      { candidate: useless.digest, proof: { proven: false } },
    ]);
    expect(tried.rejected[0]?.proof).toBeUndefined();
    expect(tried.rejected[2]?.verdict.checks.find((c) => !c.passed)).toMatchObject({
      check: 'types',
      evidence: [expect.stringContaining('TS2322')],
    });
    expect(outcomes[0]?.type).toBe('GUARDRAIL_PASSED');
  });

  it('rejects a patch that breaks a good request', async () => {
    const { outcomes } = await judge([breaking]);
    expect(outcomes).toMatchObject([
      { type: 'GUARDRAIL_REJECTED', payload: { code: 'not-proven', reason: expect.stringContaining('/orders/1') } },
    ]);
  });

  it('asks a human when there is no request to replay', async () => {
    const { target, revision: baseRevision } = given;
    const signal = AbortSignal.timeout(60_000);
    const tried = await tryCandidates([good], {
      target,
      baseRevision,
      failure: failure(),
      traceId: 'b'.repeat(32),
      openSandbox,
      signal,
      progress: () => {},
    });
    const outcomes = outcomesOf(tried, { attempt: 1, baseRevision, target, plan: { risk_score: 0, confidence: 1 } });
    expect(outcomes).toMatchObject([
      { type: 'GUARDRAIL_PASSED', payload: { approval_required: true, proof: { reproduced: false } } },
      { type: 'APPROVAL_REQUESTED' },
    ]);
  });

  it('rejects a diff that does not apply without executing anything', async () => {
    const { outcomes, lines } = await judge([candidateOf(good.diff.replace(' const routes = {', ' const paths = {'))]);
    expect(outcomes).toMatchObject([{ type: 'GUARDRAIL_REJECTED', payload: { code: 'policy' } }]);
    expect(lines.some((line) => line.includes('sandbox'))).toBe(false);
  });
});
