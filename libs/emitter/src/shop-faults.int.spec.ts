/** What the emitter tells about each fault of the shop's catalogue: what root-cause analysis has to work with. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { failureEvent } from '@selfheal/contracts';
import { type Fault, loadFaults } from '@selfheal/stack';
import { expectMessage, useNats } from '@selfheal/testing';
import type { NatsConnection } from 'nats';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../../..');
const SHOP = join(ROOT, 'apps/shop');
const faults = (await loadFaults(join(SHOP, 'faults'))).filter((fault) => fault.detect === 'emitter');
const nats = useNats();

/** Type, error, and the topmost frame of the service itself, of each failure. */
const TOLD: Record<string, [type: string, name: string, message: RegExp, frame: string | undefined]> = {
  'returns-schema-mismatch': ['RETURN_API_FAILURE', 'ZodError', /expected number, received undefined/, 'src/returns/routes.ts'],
  'guest-null-address': ['ORDER_API_FAILURE', 'TypeError', /null \(reading 'city'\)/, 'src/orders/mapper.ts'],
  'missing-await': ['PRODUCT_API_FAILURE', 'ZodError', /expected number, received Promise/, 'src/catalogue/routes.ts'],
  'misspelt-config-key': ['QUOTE_API_FAILURE', 'Error', /config\.shippingRates has no key "express"/, 'src/shipping/rates.ts'],
  'renamed-field': ['ORDER_API_FAILURE', 'TypeError', /undefined \(reading 'toLowerCase'\)/, 'src/orders/service.ts'],
  'empty-body-json': ['CANCEL_API_FAILURE', 'SyntaxError', /Unexpected end of JSON input/, 'src/http/json-body.ts'],
  'sequential-awaits': ['TRACKING_LATENCY_FAILURE', 'SlowRequest', /its objective is 500 ms/, undefined],
  'bad-merge': ['ORDER_API_FAILURE', 'ReferenceError', /getOrder is not defined/, 'src/orders/routes.ts'],
  'wrong-type': ['ORDER_API_FAILURE', 'ZodError', /expected number, received string/, 'src/orders/routes.ts'],
  'missing-return': ['ORDER_API_FAILURE', 'ZodError', /expected object, received undefined/, 'src/orders/routes.ts'],
};

let scratch: string;
let nc: NatsConnection;
const running: ChildProcess[] = [];

beforeAll(async () => {
  await mkdir(join(ROOT, '.selfheal'), { recursive: true });
  scratch = await mkdtemp(join(ROOT, '.selfheal/emitted-'));
  nc = await nats.connect();
});
afterAll(async () => {
  const gone = running.map((child) => once(child, 'close'));
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(gone);
  await rm(scratch, { recursive: true, force: true });
});

async function start(fault: Fault): Promise<string> {
  const dir = join(scratch, fault.name);
  await cp(SHOP, dir, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
  await run('git', ['init', '-q'], { cwd: dir });
  await run('git', ['apply', `faults/${fault.name}/fault.patch`], { cwd: dir });
  const child = spawn(process.execPath, ['--import', '@selfheal/emitter/register', 'src/server.ts'], {
    cwd: dir,
    env: { PORT: '0', LOG_LEVEL: 'info', NATS_URL: nats.url, SELFHEAL_SERVICE: fault.name, SELFHEAL_OBJECTIVE_MS: '500' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  running.push(child);
  for await (const line of createInterface(child.stdout)) {
    const url = /shop listens on (http:[^\s"]+)/.exec(line)?.[1];
    if (url) {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error('the shop did not start');
}

it('tells about every fault that it should see', () => expect(Object.keys(TOLD)).toEqual(faults.map((fault) => fault.name)));

it.each(faults.map((fault) => [fault.name, fault] as const))(
  '%s',
  async (name, fault) => {
    const base = await start(fault);
    const seen = await expectMessage(nc, `failures.${name}`);
    const { method, path, headers, body } = fault.request;
    await (await fetch(base + path, { method, headers, ...(body !== undefined && { body }) })).text();
    const { type, payload } = failureEvent.parse(await seen.message);
    const [wantedType, wantedName, message, frame] = TOLD[name] ?? [];
    expect([type, payload.error.name]).toEqual([wantedType, wantedName]);
    expect(payload.error.message).toMatch(message ?? /^$/);
    expect(/\bsrc\/[\w/.-]+\.ts/.exec(payload.error.stack ?? '')?.[0]).toBe(frame);
    expect(payload.request).toMatchObject({ method, path });
  },
  30_000,
);
