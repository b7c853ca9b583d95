import { access, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type RecordedRequest, type Target, targetConfig } from '@selfheal/contracts';
import { git, initRepository, isClean, PatchDoesNotApply } from '@selfheal/git';
import { type FailingRequest, openTrial, type Trial } from './trial.js';

// Real processes: on a busy machine each start takes its time.
jest.setTimeout(60_000);

const SERVER = `
import { createServer } from 'node:http';
const state = { tries: 0 };
const routes = {
  '/returns': () => ({ id: undefined.id }),
  '/orders': () => ({ orders: [] }),
  '/env': () => process.env,
  '/flaky': () => ({ ok: state.tries++ % 2 === 0 ? undefined.x : true }),
  '/crash': () => process.exit(1),
};
createServer(async (request, response) => {
  try {
    if (request.url === '/slow') await new Promise((resolve) => setTimeout(resolve, 120));
    const body = routes[request.url]?.() ?? {};
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

let base: string;
let root: string;
let revision: string;
let trials: Trial[];

beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'selfheal-trial-')));
  root = join(base, 'shop');
  await mkdir(root);
  await writeFile(join(root, 'server.mjs'), SERVER);
  trials = [];
  revision = await initRepository(root, 'first');
});

afterEach(async () => {
  await Promise.all([...trials, ...trials].map((trial) => trial.close()));
  expect(await readdir(base)).toEqual(['shop']);
  expect(await isClean(root)).toBe(true);
  await rm(base, { recursive: true, force: true });
});

const get = (path: string, method: RecordedRequest['method'] = 'GET'): RecordedRequest => ({ method, path, headers: {} });

async function open(over: { failing?: FailingRequest; good?: string[]; config?: Record<string, unknown>; signal?: AbortSignal } = {}) {
  const config = targetConfig.parse({
    name: 'shop',
    start: { command: ['node', 'server.mjs'] },
    base_url: 'http://127.0.0.1:1',
    deploy: { strategy: 'hot-reload', control_url: 'http://127.0.0.1:1' },
    replay: { timeout_ms: 1000, good: [{ request: get('/missing') }] },
    ...over.config,
  });
  const target: Target = { config, root };
  const good = (over.good ?? ['/orders']).map((path) => ({ request: get(path), response: { status: 200 } }));
  const failing = 'failing' in over ? over.failing : { request: get('/returns', 'POST'), observed: { status: 500 } };
  const trial = await openTrial({ target, baseRevision: revision, failing, good, traceId: 'b'.repeat(32), signal: over.signal });
  trials.push(trial);
  return trial;
}

/** The diff that replaces `from` by `to` in the server, as git writes it. */
async function replacing(from: string, to: string): Promise<string> {
  expect(SERVER).toContain(from);
  await writeFile(
    join(root, 'server.mjs'),
    SERVER.replace(from, () => to),
  );
  const diff = await git(root, ['diff']);
  await writeFile(join(root, 'server.mjs'), SERVER);
  return diff;
}
const mend = () => replacing('({ id: undefined.id })', '({ id: null })');

describe('prove', () => {
  it('proves a patch that mends the failure and keeps the rest', async () => {
    const diff = await mend();
    const proof = await (await open()).prove(diff);
    expect(proof).toMatchObject({ proven: true, reproduced: true });
    expect(proof.replays.map(({ role, base, patched }) => [role, base.request.path, base.status, patched.status])).toEqual([
      ['good', '/orders', 200, 200],
      ['good', '/missing', 200, 200],
      ['failing', '/returns', 500, 200],
    ]);
    expect(await readFile(join(root, 'server.mjs'), 'utf8')).toBe(SERVER);
  });

  it('judges several patches of one trial, at the same time too', async () => {
    const [mended, useless] = [await mend(), await replacing('undefined.id', 'null.id')];
    const opened = await open();
    const proofs = await Promise.all([opened.prove(useless), opened.prove(mended)]);
    expect(proofs).toMatchObject([{ proven: false, reproduced: true, reason: expect.stringContaining('still fails') }, { proven: true }]);
  });

  it.each([
    [
      'breaks a good request',
      "'/orders': () => ({ orders: [] })",
      "'/orders': () => undefined.x",
      /breaks what works: GET \/orders: status 500/,
    ],
    ['crashes at its start', 'const state', 'state.x = 1; const state', /does not start: .*ReferenceError/s],
    ['does not parse', 'const state', 'const const', /does not start: .*SyntaxError/s],
    ['hangs in a good request', "'/orders': () => ({ orders: [] })", "'/orders': () => { for (;;); }", /no answer within/],
    ['never listens', '.listen(', '.emit(', /does not start/],
  ])('does not prove a patch that %s', async (_, from, to, reason) => {
    const both = (await mend()) && SERVER.replace('({ id: undefined.id })', '({ id: null })').replace(from, () => to);
    await writeFile(join(root, 'server.mjs'), both);
    const diff = await git(root, ['diff']);
    await writeFile(join(root, 'server.mjs'), SERVER);
    const proof = await (await open({ config: { health: { timeout_ms: 3000 } } })).prove(diff);
    expect(proof).toMatchObject({ proven: false, reproduced: true, reason: expect.stringMatching(reason) });
  });

  it.each<[string, FailingRequest | undefined, RegExp]>([
    ['passes on base', { request: get('/orders') }, /does not fail on the base/],
    ['fails on base only sometimes', { request: get('/flaky') }, /inconclusive/],
    ['fails in another way', { request: get('/returns'), observed: { status: 502 } }, /502 was reported/],
    ['is not there', undefined, /without a request/],
  ])('is not reproduced when the failing request %s', async (_, failing, reason) => {
    const proof = await (await open({ failing })).prove(await mend());
    expect(proof).toMatchObject({ proven: false, reproduced: false, reason: expect.stringMatching(reason) });
  });

  it('reproduces a request that crashes the server', async () => {
    const diff = await replacing('() => process.exit(1)', '() => ({})');
    expect(await (await open({ failing: { request: get('/crash') } })).prove(diff)).toMatchObject({ proven: true, reproduced: true });
  });

  it('measures latency on both sides', async () => {
    const failing = { request: get('/slow'), expectation: { max_ms: 90 } };
    const diff = await replacing("if (request.url === '/slow') await", "if (request.url === '/never') await");
    const proof = await (await open({ failing })).prove(diff);
    expect(proof).toMatchObject({ proven: true, reproduced: true });
    expect(proof.replays.at(-1)?.base.reason).toMatch(/^took \d+ ms, allowed are 90 ms$/);
  });

  it('refuses a diff that does not apply', async () => {
    const opened = await open();
    await expect(opened.prove('--- a/server.mjs\n+++ b/server.mjs\n@@ -1 +1 @@\n-no\n+yes\n')).rejects.toBeInstanceOf(PatchDoesNotApply);
    await expect(opened.prove('--- /dev/null\n+++ b/../x\n@@ -0,0 +1 @@\n+yes\n')).rejects.toBeInstanceOf(PatchDoesNotApply);
  });

  it('stops when told to, and leaves nothing', async () => {
    const stop = new AbortController();
    const opened = await open({ signal: stop.signal, failing: { request: get('/slow') } });
    const proof = opened.prove(await mend());
    stop.abort();
    await expect(proof).rejects.toThrow();
  });
});

describe('the sandbox', () => {
  it('knows nothing of the environment it was started from', async () => {
    process.env.SELFHEAL_SPEC_SECRET = 'hunter2';
    process.env.NATS_URL = 'nats://127.0.0.1:1';
    try {
      const start = { command: ['node', 'server.mjs'], env: { GIVEN: 'yes' } };
      const failing = { request: get('/env'), expectation: { json: { GIVEN: 'yes', SELFHEAL_SANDBOX: '1' } } };
      const proof = await (await open({ failing, config: { start } })).prove(await mend());
      expect(proof.replays.at(-1)?.patched).toMatchObject({ passed: true });
      const secret = await open({ failing: { request: get('/env'), expectation: { json: { SELFHEAL_SPEC_SECRET: 'hunter2' } } } });
      expect((await secret.prove(await mend())).replays.at(-1)?.base.reason).toMatch(/not as expected at \/SELFHEAL_SPEC_SECRET/);
      const nats = await open({ failing: { request: get('/env'), expectation: { json: { NATS_URL: 'nats://127.0.0.1:1' } } } });
      expect((await nats.prove(await mend())).replays.at(-1)?.base.reason).toMatch(/not as expected at \/NATS_URL/);
    } finally {
      delete process.env.SELFHEAL_SPEC_SECRET;
      delete process.env.NATS_URL;
    }
  });

  it('runs a command that is not node', async () => {
    const config = { start: { command: ['sh', '-c', 'exec node server.mjs'] } };
    expect(await (await open({ config })).prove(await mend())).toMatchObject({ proven: true });
  });

  it('finds packages installed beside the target', async () => {
    await mkdir(join(root, 'node_modules/answer'), { recursive: true });
    await writeFile(join(root, 'node_modules/answer/package.json'), '{"name":"answer","main":"index.js"}');
    await writeFile(join(root, 'node_modules/answer/index.js'), 'module.exports = { id: 42 };');
    await mkdir(join(root, '.git/info'), { recursive: true });
    await writeFile(join(root, '.git/info/exclude'), 'node_modules\n');
    const diff = await replacing('({ id: undefined.id })', "process.getBuiltinModule('module').createRequire(import.meta.url)('answer')");
    const failing = { request: get('/returns'), expectation: { json: { id: 42 } } };
    expect(await (await open({ failing })).prove(diff)).toMatchObject({ proven: true });
  });
});

describe('static checks', () => {
  it('gives the patched tree', async () => {
    const opened = await open();
    const dir = await opened.worktree(await mend());
    expect(await readFile(join(dir, 'server.mjs'), 'utf8')).toContain('({ id: null })');
    await opened.close();
    await expect(access(dir)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('counts only type errors that the patch brings', async () => {
    const script = `const s = require('fs').readFileSync('server.mjs', 'utf8').split('\\n');
      const bad = s.flatMap((line, i) => (line.includes('undefined.') ? ['server.mjs(' + i + ',1): error TS18048: ' + line.trim()] : []));
      console.log(bad.join('\\n')); process.exit(bad.length ? 2 : 0);`;
    const opened = await open({ config: { types: { command: ['node', '-e', script] } } });
    expect(await opened.runTypes(await mend())).toEqual({ ran: true, new_errors: [] });
    const worse = await replacing("'/env': () => process.env", "'/env': () => undefined.env");
    expect(await opened.runTypes(worse)).toEqual({ ran: true, new_errors: [expect.stringContaining('undefined.env')] });
  });

  it('says that nothing ran without a type check', async () => {
    expect(await (await open()).runTypes(await mend())).toEqual({ ran: false, new_errors: [] });
  });
});
