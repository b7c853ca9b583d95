import { existsSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.js';
import { workTreeOf } from '../testing/work-tree-of.js';
import { CommandNotFoundError } from './errors.js';
import { type RunCommandOptions, runCommand } from './run-command.js';

const MODULES = realpathSync(fileURLToPath(new URL('../../../../node_modules', import.meta.url)));
const open: Sandbox[] = [];
const sandboxOf = async (root: string) => {
  const sandbox = await openSandbox(root);
  open.push(sandbox);
  return sandbox;
};
const run = async (files: Record<string, string>, argv: string[], options: Partial<RunCommandOptions> = {}, name?: string) =>
  await runCommand({ argv, sandbox: await sandboxOf(workTreeOf(files, name)), timeoutMs: 60_000, ...options });

/** Whether a process is there and no zombie. */
function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
});

describe('runCommand', () => {
  it('runs in the copy with the environment of the user, in which paths lead into the copy', async () => {
    const root = workTreeOf({
      'a.js': 'console.log(JSON.stringify([process.cwd(), process.env.PWD, process.env.TMPDIR, process.argv[2], process.env.MINE]))',
    });
    const sandbox = await sandboxOf(root);
    const { output, exitCode } = await runCommand({
      argv: ['node', join(root, 'a.js'), `--at=${root}/x`],
      sandbox,
      timeoutMs: 60_000,
      env: { MINE: 'kept' },
    });
    expect(exitCode).toBe(0);
    // What is printed speaks of the original again.
    expect(JSON.parse(output)).toEqual([root, root, sandbox.tmp, `--at=${root}/x`, 'kept']);
  });

  it('works with spaces and quotes in every path, recorded', async () => {
    const recording = await run({ 'it s.js': 'process.exitCode = 3' }, ['node', 'it s.js'], { record: 'coverage' }, 'a "quoted" name');
    expect([recording.exitCode, recording.processes.length, recording.failing?.exitCode]).toEqual([3, 1, 3]);
    expect([...(recording.coverage[0]?.files.keys() ?? [])]).toEqual(['it s.js']);
  });

  it('stops a command that never ends, with what it has started', async () => {
    const script =
      'require("child_process").spawn(process.execPath, ["-e", "setInterval(()=>{},1e3)"], { detached: true, stdio: "ignore" }); console.log("up"); for (;;);';
    const { run: result, signal } = await run({ 'a.js': script }, ['node', 'a.js'], { timeoutMs: 1500, record: 'processes' });
    expect([result.outcome, signal]).toEqual(['timeout', null]);
    expect(result.ms).toBeLessThan(10_000);
  });

  it.each(['off', 'processes'] as const)('leaves no orphan, not even one that has detached itself (record: %s)', async (record) => {
    const child = 'require("fs").writeFileSync("pid", String(process.pid)); setInterval(() => {}, 1000)';
    const parent = `const c = require("child_process").spawn(process.execPath, ["child.js"], { detached: true, stdio: "ignore" }); c.unref();
      const wait = () => require("fs").existsSync("pid") ? process.exit(0) : setTimeout(wait, 5); wait();`;
    const sandbox = await sandboxOf(workTreeOf({ 'child.js': child, 'parent.js': parent }));
    const { exitCode, orphans } = await runCommand({ argv: ['node', 'parent.js'], sandbox, timeoutMs: 60_000, record });
    expect([exitCode, orphans]).toEqual([0, 1]);
    const pid = Number(readFileSync(join(sandbox.root, 'pid'), 'utf8'));
    expect(pid).toBeGreaterThan(1);
    expect(isAlive(pid)).toBe(false);
  });

  it('keeps the end of a flood of output', async () => {
    const { output, exitCode } = await run(
      { 'a.js': 'for (let i = 0; i < 300000; i++) console.log("line " + i); console.error("the end")' },
      ['node', 'a.js'],
    );
    expect(exitCode).toBe(0);
    expect(output.length).toBeLessThanOrEqual(64 * 1024);
    expect(output).toContain('line 299999');
  });

  it('names a program that is not there, and what to do', async () => {
    await expect(run({}, ['no-such-program-x'])).rejects.toThrow(CommandNotFoundError);
    await expect(run({}, ['no-such-program-x'])).rejects.toThrow(/"no-such-program-x" cannot be started.*npm ci/s);
  });

  it('rejects with the reason of the signal, and kills the command', async () => {
    const abort = new AbortController();
    const sandbox = await sandboxOf(
      workTreeOf({ 'a.js': 'require("fs").writeFileSync("pid", String(process.pid)); setInterval(() => {}, 1000)' }),
    );
    const running = runCommand({ argv: ['node', 'a.js'], sandbox, timeoutMs: 60_000, signal: abort.signal });
    const poll = setInterval(() => existsSync(join(sandbox.root, 'pid')) && abort.abort(new Error('enough')), 5);
    await expect(running).rejects.toThrow('enough');
    clearInterval(poll);
    expect(isAlive(Number(readFileSync(join(sandbox.root, 'pid'), 'utf8')))).toBe(false);
  });
});

describe('a recording', () => {
  const fails = 'const assert = require("assert");\nassert.strictEqual(1 + 1, 3);\n';

  it('names a failed assertion of a script by its line, with the original paths', async () => {
    const root = workTreeOf({ 'test.js': fails });
    const recording = await runCommand({
      argv: ['node', 'test.js'],
      sandbox: await sandboxOf(root),
      timeoutMs: 60_000,
      record: 'processes',
    });
    expect(recording.run).toMatchObject({
      outcome: 'failed',
      tests: [{ id: 'test.js:2', state: 'failed', error: { name: 'AssertionError', expected: '3', actual: '2' } }],
    });
    expect(recording.run.tests[0]?.error?.stack).toContain(`${join(root, 'test.js')}:2:`);
  });

  it('finds the failing leaf below a wrapper and a shell, and the environment without what was added', async () => {
    const wrapper = 'process.exitCode = require("child_process").spawnSync("sh", ["-c", "node test.js; exit $?"]).status';
    const recording = await run({ 'wrap.js': wrapper, 'test.js': fails }, ['node', 'wrap.js'], {
      record: 'coverage',
      env: { NODE_OPTIONS: '--no-deprecation' },
    });
    expect(recording.processes.map(({ script }) => script.split('/').at(-1))).toEqual(['wrap.js', 'test.js']);
    expect(recording.failing?.script.endsWith('/test.js')).toBe(true);
    expect(recording.failing?.env).toMatchObject({ NODE_OPTIONS: '--no-deprecation' });
    expect(Object.keys(recording.failing?.env ?? {}).filter((name) => /SELFHEAL_RUN|V8_COVERAGE/.test(name))).toEqual([]);
  });

  it('picks the failing file of node --test', async () => {
    const test = (body: string) => `require("node:test")("t", () => { ${body} })`;
    const recording = await run({ 'a.test.js': test(''), 'b.test.js': test('throw new Error("b")') }, ['node', '--test'], {
      record: 'processes',
    });
    expect(recording.failing?.script.endsWith('/b.test.js')).toBe(true);
  });

  it('says what an ES module with a syntax error says, with its place', async () => {
    const recording = await run({ 'a.mjs': 'import "./b.mjs";\n', 'b.mjs': 'let a = ;\n' }, ['node', 'a.mjs'], { record: 'processes' });
    expect(recording.run).toMatchObject({ outcome: 'crashed', error: { name: 'SyntaxError' } });
    expect(recording.run.error?.stack).toMatch(/b\.mjs:1/);
  });

  it('is not noticed by the program: no listeners, no output, one record with worker threads', async () => {
    const script = `const { Worker, isMainThread } = require("worker_threads");
      console.log(process.listenerCount("exit"), process.listenerCount("uncaughtExceptionMonitor"), Object.keys(process).includes("emit"));
      console.log(Object.keys(require.cache).length);
      new Worker("1", { eval: true }).on("exit", () => { process.removeAllListeners(); process.exit(5); });`;
    const recording = await run({ 'a.js': script }, ['node', 'a.js'], { record: 'processes' });
    expect(recording.output).toBe('0 0 false\n1\n');
    expect(recording.processes.map(({ exitCode }) => exitCode)).toEqual([5]);
  });

  it('tells the tests of mocha, as an ES module too', async () => {
    const root = workTreeOf({
      'test/a.js':
        'describe("a", () => { it("ok", () => {}); it("bad", () => { require("assert").equal(require("../lib.js")(), 2) }); it.skip("not", () => {}); })',
      'lib.js': 'module.exports = () => 1;',
    });
    symlinkSync(MODULES, join(root, 'node_modules'));
    const recording = await runCommand({
      argv: ['npx', 'mocha', 'test/a.js'],
      sandbox: await sandboxOf(root),
      timeoutMs: 60_000,
      record: 'coverage',
    });
    expect(recording.run.tests.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'test/a.js > a ok passed',
      'test/a.js > a bad failed',
      'test/a.js > a not skipped',
    ]);
    expect(recording.run.tests[1]?.error).toMatchObject({ name: 'AssertionError', expected: '2', actual: '1' });
    expect(recording.failing?.script).toMatch(/mocha/);
    expect(recording.coverage[0]?.files.get('lib.js')).toEqual([[0, 25]]);
  }, 30_000);

  it('tells the tests of jest, and of a file that does not load', async () => {
    const root = workTreeOf({
      'package.json': '{"jest":{"testEnvironment":"node","transform":{}}}',
      'a.test.js': 'test("ok", () => {}); test("bad", () => { expect(1).toBe(2) });',
      'b.test.js': 'let a = ;',
    });
    symlinkSync(MODULES, join(root, 'node_modules'));
    const recording = await runCommand({
      argv: ['npx', 'jest', '-i'],
      sandbox: await sandboxOf(root),
      timeoutMs: 60_000,
      record: 'processes',
    });
    expect(recording.run.tests.map(({ id, state }) => `${id} ${state}`).sort()).toEqual([
      'a.test.js > bad failed',
      'a.test.js > ok passed',
      'b.test.js > (load) failed',
    ]);
    expect(recording.run.tests.find(({ id }) => id.endsWith('bad'))?.error).toMatchObject({ expected: '2', actual: '1' });
  }, 60_000);
});
