import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual, promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Expectation, RecordedRequest } from '@selfheal/contracts';
import { parseTarget } from '@selfheal/targets';
import { type Fault, loadFaults } from './faults.js';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../../..');
const SHOP = join(ROOT, 'apps/shop');
const faults = await loadFaults(join(SHOP, 'faults'));
const config = parseTarget(await readFile(join(SHOP, 'selfheal.yaml'), 'utf8'));

let scratch: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  await mkdir(join(ROOT, '.selfheal'), { recursive: true });
  scratch = await mkdtemp(join(ROOT, '.selfheal/faults-'));
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(scratch, { recursive: true, force: true });
});

/** A copy of the shop as the demo makes it, with a fault or without one. */
async function copyOfShop(fault?: Fault): Promise<string> {
  const dir = join(scratch, fault?.name ?? 'good');
  await cp(SHOP, dir, { recursive: true, filter: (path) => !['faults', 'node_modules'].includes(basename(path)) });
  if (!fault) return dir;
  await run('git', ['init', '-q'], { cwd: dir });
  await writeFile(`${dir}.patch`, fault.patch);
  await run('git', ['apply', '--check', `${dir}.patch`], { cwd: dir });
  await run('git', ['apply', `${dir}.patch`], { cwd: dir });
  return dir;
}

async function start(dir: string): Promise<string> {
  const env = { ...process.env, PORT: '0', LOG_LEVEL: 'info', NODE_OPTIONS: '' };
  const child = spawn(process.execPath, ['src/server.ts'], { cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  for await (const line of createInterface(child.stdout)) {
    const url = /shop listens on (http:[^\s"]+)/.exec(line)?.[1];
    if (url) {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error(`the shop did not start: ${errors}`);
}

async function meets(base: string, { method, path, headers, body }: RecordedRequest, wanted: Expectation = {}): Promise<boolean> {
  const started = performance.now();
  const response = await fetch(base + path, { method, headers, ...(body !== undefined && { body }) });
  const text = await response.text();
  if (wanted.max_ms !== undefined && performance.now() - started > wanted.max_ms) return false;
  if (wanted.status === undefined ? response.status >= 500 : response.status !== wanted.status) return false;
  return wanted.json === undefined || holds(JSON.parse(text), wanted.json);
}

/** Objects by subset, arrays and scalars by equality (contracts, Expectation). */
function holds(actual: unknown, wanted: unknown): boolean {
  const isObject = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v);
  if (!isObject(wanted)) return isDeepStrictEqual(actual, wanted);
  return isObject(actual) && Object.entries(wanted).every(([key, value]) => holds(actual[key], value));
}

const typeChecks = (dir: string): Promise<boolean> =>
  run(join(ROOT, 'node_modules/.bin/tsc'), ['--noEmit', '-p', 'tsconfig.json'], { cwd: dir }).then(
    () => true,
    () => false,
  );

describe('the good shop', () => {
  let base: string;
  let dir: string;
  beforeAll(async () => {
    dir = await copyOfShop();
    base = await start(dir);
  }, 30_000);

  it('type-checks in a copy of its folder and passes its own tests', async () => {
    expect(await typeChecks(dir)).toBe(true);
    const [program = '', ...args] = config.test?.command ?? [];
    await run(program, args, { cwd: dir, env: { ...process.env, NODE_OPTIONS: '' } });
  }, 60_000);

  it.each(faults.map((fault) => [fault.name, fault] as const))('answers the request of %s', async (_name, fault) => {
    expect(await meets(base, fault.request, fault.expectation)).toBe(true);
  });

  it('answers at least eight good requests of selfheal.yaml', async () => {
    expect(config.replay.good.length).toBeGreaterThanOrEqual(8);
    for (const { request, expect: wanted } of config.replay.good) {
      expect({ request, met: await meets(base, request, wanted) }).toEqual({ request, met: true });
    }
  });
});

describe('the fault catalogue', () => {
  it('has at least ten faults in an unbroken order, the returns first', () => {
    expect(faults.length).toBeGreaterThanOrEqual(10);
    expect(faults.map((fault) => fault.order)).toEqual(faults.map((_, index) => index + 1));
    expect(faults[0]?.name).toBe('returns-schema-mismatch');
  });

  it.each(faults.map((fault) => [fault.name, fault] as const))(
    '%s makes its request fail',
    async (_name, fault) => {
      const dir = await copyOfShop(fault);
      const [base, typed] = [await start(dir), await typeChecks(dir)];
      expect(await meets(base, fault.request, fault.expectation)).toBe(false);
      expect(typed).toBe(!fault.breaks_types);
      // The emitter reports a 5xx, or a request over its time objective; everything else takes a probe.
      const reported = !(await meets(base, fault.request, { max_ms: fault.expectation?.max_ms })) || !(await meets(base, fault.request));
      expect(fault.detect).toBe(reported ? 'emitter' : 'probe');
      const changed = fault.patch.split('\n').filter((line) => /^[+-](?![+-])/.test(line));
      expect(changed.length).toBeLessThanOrEqual(8);
    },
    60_000,
  );
});
