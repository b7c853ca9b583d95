import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { treeOf } from '@selfheal/git';
import { RunnerClient, runnerEntry } from '@selfheal/runner';
import { hotReload } from './hot-reload.js';
import { aWorkTree, bytesOf, deployRequest, rollbackRequest, type WorkTree } from './testing/work-tree.js';

// Real processes: on a busy machine each start takes its time.
jest.setTimeout(60_000);

const TOKEN = 'a-token-for-this-spec';
const server = (answer: string) => `import { createServer } from 'node:http';
const answer = '${answer}';
createServer((_, response) => setTimeout(() => response.end(answer), 2)).listen(0, '127.0.0.1');
`;

let tree: WorkTree;
let runner: ChildProcess;
let url: string;
let control: string;

beforeAll(() => {
  process.env.SELFHEAL_CONTROL_TOKEN = TOKEN;
});
afterAll(() => {
  delete process.env.SELFHEAL_CONTROL_TOKEN;
});
beforeEach(async () => {
  tree = await aWorkTree({ 'src/server.mjs': server('broken') });
  const args = [runnerEntry, '--', 'node', '--no-warnings', join(tree.root, 'src/server.mjs')];
  const env = { PATH: process.env.PATH, SELFHEAL_CONTROL_TOKEN: TOKEN };
  runner = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const [ready] = (await once(runner, 'message')) as [{ port: number; control_port: number }];
  url = `http://127.0.0.1:${ready.port}`;
  control = `http://127.0.0.1:${ready.control_port}`;
});
afterEach(async () => {
  if (runner.exitCode !== null || runner.signalCode !== null) return;
  const ended = once(runner, 'close');
  runner.kill('SIGKILL');
  await ended;
});

const ask = async () => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.text();
};
/** On a connection of its own: one that is kept alive may end where it began. */
const askAnew = () =>
  new Promise<string>((resolve, reject) => {
    get(url, { agent: false }, (response) => void text(response).then(resolve, reject)).on('error', reject);
  });
const patchTo = (source: string) => tree.diffOf(() => tree.write('src/server.mjs', source));

/** Asks without a pause, from several clients, while `work` goes on; gives what failed and which answers came. */
async function underLoad(work: () => Promise<unknown>) {
  const seen = { requests: 0, failures: [] as unknown[], answers: new Set<string>() };
  let over = false;
  const client = async () => {
    while (!over) {
      seen.requests++;
      await ask().then(
        (answer) => seen.answers.add(answer),
        (error: unknown) => seen.failures.push(error),
      );
    }
  };
  const clients = Array.from({ length: 8 }, client);
  await work().finally(() => {
    over = true;
  });
  await Promise.all(clients);
  return seen;
}

describe('hot reload on a real runner', () => {
  it('makes a patch live and takes it back without failing a request', async () => {
    const before = await bytesOf(tree.root);
    const diff = await patchTo(server('healed'));
    const seen = await underLoad(async () => {
      expect(await askAnew()).toBe('broken');
      const { revision } = await hotReload.deploy(deployRequest(tree, control, diff));
      expect(await askAnew()).toBe('healed');
      const restored = await hotReload.rollback(rollbackRequest(tree, control, revision));
      expect(await askAnew()).toBe('broken');
      expect(restored.tree).toBe(await treeOf(tree.root, tree.base));
    });
    expect(seen.failures).toEqual([]);
    expect([...seen.answers].sort()).toEqual(['broken', 'healed']);
    expect(seen.requests).toBeGreaterThan(20);
    expect(await bytesOf(tree.root)).toEqual(before);
  });

  it.each([
    ['throws at its start', "throw new Error('no price list');\n", /no price list/],
    ['does not parse', 'const = 1;\n', /SyntaxError/],
  ])('leaves target and work tree as they were when the patched server %s', async (_, source, reason) => {
    const before = await bytesOf(tree.root);
    const diff = await patchTo(source);
    const { pid } = await new RunnerClient(control, TOKEN).status();
    const seen = await underLoad(async () => {
      await expect(hotReload.deploy(deployRequest(tree, control, diff))).rejects.toMatchObject({
        name: 'DeployFailed',
        code: 'reload-failed',
        message: expect.stringMatching(reason),
      });
    });
    expect(seen.failures).toEqual([]);
    expect([...seen.answers]).toEqual(['broken']);
    expect(await bytesOf(tree.root)).toEqual(before);
    expect((await new RunnerClient(control, TOKEN).status()).pid).toBe(pid);
  });

  it('puts the old bytes back when there is no runner', async () => {
    const before = await bytesOf(tree.root);
    const diff = await patchTo(server('healed'));
    runner.kill('SIGKILL');
    await once(runner, 'close');
    await expect(hotReload.deploy(deployRequest(tree, control, diff))).rejects.toMatchObject({ code: 'reload-failed' });
    expect(await bytesOf(tree.root)).toEqual(before);
  });

  it('refuses to go on with a wrong token, and puts the old bytes back', async () => {
    const before = await bytesOf(tree.root);
    const diff = await patchTo(server('healed'));
    process.env.SELFHEAL_CONTROL_TOKEN = 'another-token-for-this';
    const failure = await hotReload.deploy(deployRequest(tree, control, diff)).catch((error: unknown) => error);
    process.env.SELFHEAL_CONTROL_TOKEN = TOKEN;
    expect(failure).toMatchObject({ code: 'reload-failed' });
    expect(await askAnew()).toBe('broken');
    expect(await bytesOf(tree.root)).toEqual(before);
  });
});
