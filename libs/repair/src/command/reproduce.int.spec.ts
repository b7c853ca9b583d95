import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.js';
import { workTreeOf } from '../testing/work-tree-of.js';
import { type ReproduceOptions, reproduce } from './reproduce.js';

const open: Sandbox[] = [];
const reproduceIn = async (files: Record<string, string>, argv: string[], options: Partial<ReproduceOptions> = {}) => {
  const sandbox = await openSandbox(workTreeOf(files));
  open.push(sandbox);
  return await reproduce({ argv }, sandbox, { timeoutMs: 60_000, ...options });
};
const script = async (text: string, options?: Partial<ReproduceOptions>) => await reproduceIn({ 'a.js': text }, ['node', 'a.js'], options);

afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
});

describe('reproduce', () => {
  it('gives the failures and the coverage of a command that always fails alike', async () => {
    let runs = 0;
    const files = {
      'a.js': 'const { f } = require("./lib.js"); require("assert").strictEqual(f(1), 2);',
      'lib.js': 'exports.f = (a) => (a > 5 ? a + 1 : a);',
    };
    const result = await reproduceIn(files, ['node', 'a.js'], { onRun: () => runs++ });
    expect(result).toMatchObject({
      kind: 'fails',
      failures: [{ name: 'AssertionError' }],
      recording: { run: { tests: [{ id: 'a.js:1' }] } },
    });
    expect(runs).toBe(3);
    const covered = result.kind === 'fails' ? result.recording.coverage[0]?.files.get('lib.js') : undefined;
    // The branch `a + 1` is cut out.
    expect(covered).toEqual([
      [0, 26],
      [33, 39],
    ]);
  });

  it('says that a command passes', async () => {
    expect(await script('')).toMatchObject({ kind: 'passes' });
  });

  it('calls a command flaky that fails in another place each time', async () => {
    // A file outside of the sandbox counts the runs.
    const memory = join(workTreeOf({}), '..', 'memory');
    const places = ['if (n === 1) throw new Error("x");', 'if (n === 2) throw new Error("x");', 'throw new Error("x");'].join('\n');
    const count = `const fs = require("fs"); fs.appendFileSync(${JSON.stringify(memory)}, "."); const n = fs.statSync(${JSON.stringify(memory)}).size;`;
    const result = await script(`${count}\n${places}`);
    expect(result).toMatchObject({ kind: 'flaky', outcomes: ['failed: a.js:2', expect.any(String), expect.any(String)] });
  });

  it('calls a command flaky that passes now and then', async () => {
    // A file outside of the sandbox remembers: the first run passes, the others fail.
    const root = workTreeOf({ 'a.js': '' });
    const memory = join(root, '..', 'memory');
    const result = await script(
      `const fs = require("fs"); const m = ${JSON.stringify(memory)}; if (fs.existsSync(m)) process.exit(1); fs.writeFileSync(m, "");`,
    );
    expect(existsSync(memory)).toBe(true);
    expect(result).toMatchObject({ kind: 'flaky', outcomes: ['passed', 'failed: exit code 1', 'failed: exit code 1'] });
  });

  it('is not fooled by two runs at once that want the same port', async () => {
    const body = `const s = require("net").createServer(); s.on("error", (e) => { console.error(e.code); process.exit(9) });
      s.listen(process.env.SPEC_PORT ?? 47913, "127.0.0.1", () => setTimeout(() => { throw new TypeError("always") }, 150));`;
    expect(await script(body)).toMatchObject({ kind: 'fails', failures: [{ name: 'TypeError', message: 'always' }] });
  });

  it('runs a command that never ends once, and says so', async () => {
    let runs = 0;
    expect(await script('for (;;);', { timeoutMs: 1000, onRun: () => runs++ })).toMatchObject({ kind: 'never-ends' });
    expect(runs).toBe(1);
  });

  it.each([
    ['a program that is not there', ['no-such-program-x'], /no-such-program-x.*cannot be started/],
    ['a script that is not there', ['node', 'missing.js'], /there is no .*missing\.js/],
    ['a tool that is not installed', ['sh', '-c', 'no-such-tool-x'], /no-such-tool-x.*npm ci/s],
  ])('cannot start %s', async (_name, argv, reason) => {
    const result = await reproduceIn({}, argv);
    expect(result).toMatchObject({ kind: 'cannot-start', reason: expect.stringMatching(reason) });
  });

  it('does not take a missing dependency for a command that cannot start', async () => {
    expect(await script('require("no-such-package-x")')).toMatchObject({
      kind: 'fails',
      failures: [{ message: expect.stringContaining('no-such-package-x') }],
    });
  });

  it('says which signal killed the command, or a process below it', async () => {
    expect(await script('process.kill(process.pid, "SIGKILL"); setInterval(() => {}, 1000)')).toMatchObject({
      kind: 'killed',
      signal: 'SIGKILL',
    });
    const wrapper = 'const r = require("child_process").spawnSync(process.execPath, ["k.js"]); process.exit(r.signal ? 1 : 0)';
    const below = await reproduceIn({ 'w.js': wrapper, 'k.js': 'process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)' }, [
      'node',
      'w.js',
    ]);
    expect(below).toMatchObject({ kind: 'killed' });
  });

  it('says which host a command needs, and does not blame the network for a service of this machine', async () => {
    // An error as the resolver makes it: nothing outside of loopback is called in a test.
    const remote = 'const e = new Error("getaddrinfo ENOTFOUND api.example.com"); e.code = "ENOTFOUND"; throw e;';
    expect(await script(remote)).toMatchObject({ kind: 'needs-network', host: 'api.example.com' });
    expect(await script('require("net").connect(1, "127.0.0.1")')).toMatchObject({ kind: 'fails' });
  });

  it('leaves the sandbox as it was when the command deletes files', async () => {
    const sandbox = await openSandbox(
      workTreeOf({ 'a.js': 'const fs = require("fs"); fs.rmSync("b.js"); fs.writeFileSync("c.js", ""); process.exit(1)', 'b.js': 'b' }),
    );
    open.push(sandbox);
    expect(await reproduce({ argv: ['node', 'a.js'] }, sandbox, { timeoutMs: 60_000 })).toMatchObject({ kind: 'fails' });
    expect([existsSync(join(sandbox.root, 'b.js')), existsSync(join(sandbox.root, 'c.js'))]).toEqual([true, false]);
  });
});
