/**
 * Every performance playbook on a real HTTP server in the real sandbox: slow before, within the objective after, and with
 * the same answer. What is asserted is the ratio of two measurements of one run, with wide margins.
 */
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type Candidate,
  expectationOf,
  type FailurePayload,
  failurePayload,
  type RecordedRequest,
  type SourceSnapshot,
  targetConfig,
} from '@selfheal/contracts';
import { unifiedDiff } from '@selfheal/engine';
import { initRepository } from '@selfheal/git';
import { applyToFiles, evaluate, passedBeforeTrial } from '@selfheal/policy';
import { openTrial, type Trial } from '@selfheal/trial';
import { candidatesOf, diagnoseFailure, PLAYBOOKS, proposeFixes } from './index.js';

// Real servers that are slow on purpose.
jest.setTimeout(120_000);

const OBJECTIVE_MS = 300;

/** A server with one slow route a case. Queries cost a round trip each, as to a database; the rest is real work. */
const SERVER = `import { createServer } from 'node:http';

const routes = new Map();
const app = { get: (path, handler) => routes.set(path, handler) };
const roundTrip = () => new Promise((resolve) => setTimeout(resolve, 25));
const products = Array.from({ length: 40 }, (_, id) => ({ id, price: id * 2 }));

const repo = {
  async findProductById(id) {
    await roundTrip();
    return products.find((product) => product.id === id) ?? null;
  },
  async findProductsByIds(ids) {
    await roundTrip();
    return products.filter((product) => ids.includes(product.id)).reverse();
  },
};

app.get('/query-in-loop', async () => {
  let total = 0;
  for (const { id } of products) {
    const product = await repo.findProductById(id);
    total += product.price;
  }
  return { total };
});

app.get('/sequential-awaits', async () => {
  const prices = [];
  for (const { id } of products) {
    prices.push(await price(id));
  }
  return { total: prices.length };
});

async function price(id) {
  await roundTrip();
  return id;
}

app.get('/quadratic-lookup', async () => {
  const users = Array.from({ length: 14000 }, (_, id) => ({ id: 'u' + id }));
  const orders = Array.from({ length: 14000 }, (_, id) => ({ user: 'u' + (13999 - id) }));
  const known = orders.filter((order) => users.find((user) => user.id === order.user));
  return { total: known.length };
});

function taxOf(country) {
  let sum = 0;
  for (let i = 0; i < 8000000; i++) sum = (sum + country.length * i) % 1009;
  return sum;
}

app.get('/repeated-call', async () => {
  const lines = Array.from({ length: 30 }, () => ({ qty: 1, country: 'NL' }));
  const total = lines.map((line) => line.qty * taxOf(line.country)).length;
  return { total };
});

class Pool {
  constructor({ max }) {
    this.free = max;
    this.waiting = [];
  }
  async run() {
    if (this.free === 0) await new Promise((resolve) => this.waiting.push(resolve));
    else this.free--;
    await roundTrip();
    const next = this.waiting.shift();
    if (next) next();
    else this.free++;
  }
}
const pool = new Pool({ max: 1 });

app.get('/pool-or-timeout', async () => {
  await Promise.all(products.map(() => pool.run()));
  return { total: products.length };
});

app.get('/upstream', async () => {
  for (let i = 0; i < 60; i++) await roundTrip();
  return { total: 7 };
});

app.get('/fetch-timeout', async (request) => {
  try {
    const answer = await fetch(\`http://\${request.headers.host}/upstream\`);
    return { total: (await answer.json()).total };
  } catch {
    return { total: 0 };
  }
});

app.get('/ok', async () => ({ ok: true }));

createServer(async (request, response) => {
  const handler = routes.get(request.url);
  const body = handler ? await handler(request) : {};
  response.writeHead(handler ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

let root: string;
let revision: string;
let trial: Trial | undefined;
const sources = (): SourceSnapshot => ({ revision, files: new Map([['server.mjs', SERVER]]) });
const get = (path: string): RecordedRequest => ({ method: 'GET', path, headers: {} });

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'selfheal-slow-')));
  await writeFile(join(root, 'server.mjs'), SERVER);
  revision = await initRepository(root, 'first');
});
afterEach(async () => {
  await trial?.close();
  trial = undefined;
  await rm(root, { recursive: true, force: true });
});

/** What the emitter reports of a slow request; the answer was good, so a replay must give the same. */
const slow = (path: string, json: FailurePayload['expectation']): FailurePayload =>
  failurePayload.parse({
    service: 'shop',
    error: { name: 'SlowRequest', message: `GET ${path} took 1000 ms` },
    route: `GET ${path}`,
    request: get(path),
    response: { status: 200 },
    duration_ms: 1000,
    objective_ms: OBJECTIVE_MS,
    expectation: json,
  });

async function prove(failure: FailurePayload, diff: string) {
  const config = targetConfig.parse({
    name: 'shop',
    start: { command: ['node', 'server.mjs'] },
    health: { path: '/ok' },
    base_url: 'http://127.0.0.1:1',
    deploy: { strategy: 'hot-reload', control_url: 'http://127.0.0.1:1' },
  });
  trial ??= await openTrial({
    target: { config, root },
    baseRevision: revision,
    failing: { request: get(failure.request?.path ?? ''), expectation: expectationOf(failure), observed: { status: 200 } },
    good: [{ request: get('/ok'), response: { status: 200 } }],
    traceId: 'c'.repeat(32),
  });
  return await trial.prove(diff);
}

/** Whether the checks that come before a trial let the candidate pass. */
function guarded({ diff }: Candidate): string[] {
  const files = applyToFiles(diff, (path) => (path === 'server.mjs' ? { text: SERVER } : undefined));
  const verdict = evaluate({ diff, files, limits: { allow: ['**'], deny: [], max_loc: 60, max_files: 3 } });
  return passedBeforeTrial(verdict) ? [] : verdict.checks.flatMap(({ check, passed, reason }) => (passed ? [] : [`${check}: ${reason}`]));
}

describe('performance playbooks', () => {
  it.each([
    ['query-in-loop', '/query-in-loop', 1560],
    ['sequential-awaits', '/sequential-awaits', 40],
    ['quadratic-lookup', '/quadratic-lookup', 14_000],
    ['repeated-call', '/repeated-call', 30],
    ['pool-or-timeout', '/pool-or-timeout', 40],
    ['pool-or-timeout', '/fetch-timeout', 0],
  ])('%s brings GET %s within its objective', async (name, path, total) => {
    const failure = slow(path, { status: 200, json: { total } });
    const playbook = PLAYBOOKS.find((each) => each.name === name);
    const { diagnoses } = diagnoseFailure({ failureType: 'SLOW_REQUEST_FAILURE', failure, sources: sources() }, playbook ? [playbook] : []);
    expect(diagnoses).toMatchObject([{ playbook: name, category: 'performance' }]);
    const plan = {
      playbook: name,
      cause: { summary: '', category: 'performance' as const, evidence: [] },
      patch_spec: { instruction: '', files: ['server.mjs'], data: {} },
    };
    let proven: { base: number; patched: number } | undefined;
    for (const candidate of candidatesOf(proposeFixes(plan, failure, sources()), sources()).slice(0, 4)) {
      expect(guarded(candidate)).toEqual([]);
      const proof = await prove(failure, candidate.diff);
      expect(proof.reproduced).toBe(true);
      const measured = proof.replays.find(({ role }) => role === 'failing');
      if (!proof.proven || !measured) continue;
      proven = { base: measured.base.duration_ms, patched: measured.patched.duration_ms };
      break;
    }
    expect(proven?.patched).toBeLessThanOrEqual(OBJECTIVE_MS);
    expect((proven?.base ?? 0) / (proven?.patched ?? 1)).toBeGreaterThan(2);
  });

  it('does not take a patch that is no faster, nor one that is fast and wrong', async () => {
    const failure = slow('/query-in-loop', { status: 200, json: { total: 1560 } });
    const diff = (after: string) => unifiedDiff('server.mjs', SERVER, after);
    const idle = await prove(failure, diff(SERVER.replace('let total = 0;', 'let total = 0 + 0;')));
    expect(idle).toMatchObject({
      proven: false,
      reproduced: true,
      reason: expect.stringMatching(/still fails with the patch: took \d+ ms, allowed are 300 ms/),
    });
    const wrong = await prove(
      failure,
      diff(SERVER.replace('of products) {\n    const product = await repo', 'of []) {\n    const product = await repo')),
    );
    expect(wrong).toMatchObject({ proven: false, reason: expect.stringContaining('the body is not as expected at /total') });
  });
});
