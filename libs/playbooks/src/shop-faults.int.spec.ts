/** The shop's catalogue of faults, each really broken, really failing in its own process, and diagnosed from what that failure says. */
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Expectation, FailurePayload, RecordedRequest, SourceSnapshot } from '@selfheal/contracts';
import { failurePayload } from '@selfheal/contracts';
import { ownStack } from '@selfheal/engine';
import { candidatesOf, diagnoseFailure, proposeFixes } from './index.js';

interface Fault {
  name: string;
  detect: 'emitter' | 'probe';
  request: RecordedRequest;
  expectation: Expectation;
}

const shop = join(process.cwd(), 'apps/shop');
const node = join(process.cwd(), 'node_modules/.bin/node');

/** Sends one request to a shop in this process and prints what a service would report of it. */
const PROBE = `
import { buildApp } from './src/app.ts';
const request = JSON.parse(process.argv[1]);
const app = buildApp();
let seen;
app.addHook('onError', async (_request, _reply, error) => { seen = error; });
let route;
app.addHook('onRequest', async (r) => { route = r.routeOptions.url; });
const before = performance.now();
const response = await app.inject({ method: request.method, url: request.path, headers: request.headers, payload: request.body });
const duration_ms = performance.now() - before;
const error = seen && { name: seen.name, message: seen.message, stack: seen.stack, issues: seen.issues };
console.log('PROBE ' + JSON.stringify({ error, route, status: response.statusCode, body: response.body, duration_ms }));
`;

interface Seen {
  error?: FailurePayload['error'];
  route?: string;
  status: number;
  body: string;
  duration_ms: number;
}

/** Which playbook should plan the fix: another one may hide the symptom and leave the answer wrong. */
const PLANNED_BY: Readonly<Record<string, string>> = {
  'returns-schema-mismatch': 'schema-mismatch',
  'guest-null-address': 'null-access',
  'missing-await': 'missing-await',
  'misspelt-config-key': 'config-key',
  'off-by-one-page': 'boundary',
  'refund-wrong-operator': 'wrong-operator',
  'renamed-field': 'renamed-field',
  'empty-body-json': 'json-parse',
  'sequential-awaits': 'sequential-awaits',
  'bad-merge': 'undefined-name',
  'wrong-type': 'schema-mismatch',
  'missing-return': 'missing-return',
};

let dir: string;
const names = (await readdir(join(shop, 'faults'), { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'selfheal-faults-'));
});
afterAll(async () => {
  await rm(dir, { recursive: true, force: true });
});

async function workTree(name: string): Promise<string> {
  const root = join(dir, name);
  await cp(join(shop, 'src'), join(root, 'src'), { recursive: true });
  await cp(join(shop, 'package.json'), join(root, 'package.json'));
  await symlink(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  return root;
}

async function snapshotOf(root: string): Promise<SourceSnapshot> {
  const paths = (await readdir(join(root, 'src'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const files = new Map<string, string>();
  for (const entry of paths) {
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(root.length + 1), await readFile(path, 'utf8'));
  }
  return { revision: '0'.repeat(40), files };
}

const apply = (root: string, diff: string, ...options: string[]) =>
  execFileSync('git', ['apply', '--unidiff-zero', ...options, '-'], {
    cwd: root,
    input: diff,
  });

function send(root: string, request: RecordedRequest): Seen {
  const output = execFileSync(node, ['--input-type=module', '--eval', PROBE, JSON.stringify(request)], { cwd: root, encoding: 'utf8' });
  const line = output.split('\n').find((text) => text.startsWith('PROBE ')) ?? '';
  return JSON.parse(line.slice(6)) as Seen;
}

/** Whether the answer is what the fault's expectation says; the JSON by subset, as a replay judges it. */
function holds({ expectation }: Fault, seen: Seen): boolean {
  if (seen.status !== (expectation.status ?? 200) || seen.duration_ms > (expectation.max_ms ?? Number.POSITIVE_INFINITY)) return false;
  if (expectation.json === undefined) return true;
  try {
    expect(JSON.parse(seen.body)).toMatchObject(expectation.json as Record<string, unknown>);
    return true;
  } catch {
    return false;
  }
}

/** What the emitter reports of a failure, or a probe of a wrong answer. */
function failureOf(fault: Fault, seen: Seen): FailurePayload {
  const slow = fault.expectation.max_ms;
  const error =
    seen.error ??
    (slow
      ? { name: 'SlowRequest', message: 'the request was slower than its objective' }
      : { name: 'ExpectationFailed', message: 'the answer is not the expected one' });
  return failurePayload.parse({
    service: 'shop',
    error,
    route: `${fault.request.method} ${seen.route}`,
    request: fault.request,
    response: { status: seen.status, body: seen.body },
    duration_ms: seen.duration_ms,
    ...(slow && { objective_ms: slow }),
    ...(fault.detect === 'probe' && { expectation: fault.expectation }),
  });
}

describe('every fault of the shop', () => {
  it.each(names)('%s is diagnosed, and one of the first candidates mends it', async (name) => {
    const fault = JSON.parse(await readFile(join(shop, 'faults', name, 'fault.json'), 'utf8')) as Fault;
    const root = await workTree(name);
    apply(root, await readFile(join(shop, 'faults', name, 'fault.patch'), 'utf8'));
    const sources = await snapshotOf(root);
    const seen = send(root, fault.request);
    expect(holds(fault, seen)).toBe(false);

    const raw = failureOf(fault, seen);
    const error = { ...raw.error, ...(raw.error.stack && { stack: ownStack(raw.error.stack, sources, root).stack }) };
    const failure = { ...raw, error };

    const { diagnoses } = diagnoseFailure({ failureType: 'FAILURE', failure, sources });
    const [best] = diagnoses;
    const plan = best && {
      playbook: best.playbook,
      cause: { summary: best.summary, category: best.category, evidence: [...best.evidence] },
      patch_spec: { instruction: best.instruction, files: best.files, data: best.data },
    };
    const candidates = plan ? candidatesOf(proposeFixes(plan, failure, sources), sources) : [];

    let rank = -1;
    for (const [i, candidate] of candidates.entries()) {
      apply(root, candidate.diff);
      const healed = holds(fault, send(root, fault.request));
      apply(root, candidate.diff, '--reverse');
      if (healed) {
        rank = i + 1;
        break;
      }
    }
    if (PLANNED_BY[name]) expect(best?.playbook).toBe(PLANNED_BY[name]);
    expect(rank).toBeGreaterThan(0);
    expect(rank).toBeLessThanOrEqual(5);
  });
});
