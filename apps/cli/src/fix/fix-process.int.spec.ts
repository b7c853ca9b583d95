import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { git, initRepository } from '@selfheal/git';

/** Several processes of Node.js for each, on a machine that may be busy. */
jest.setTimeout(60_000);

const CLI = join(import.meta.dirname, '..', '..');
const FAKE = `--import=${join(CLI, 'fixtures', 'use-fake-repair.mjs')}`;
const OLD = `--import=${join(CLI, 'fixtures', 'pretend-old-node.mjs')}`;
const BUG = 'exports.add = (a, b) => a - b;\n';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'selfheal-process-')));
});
afterEach(async () => {
  for (const { child, ended } of runs.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  await rm(root, { recursive: true, force: true });
});

const repository = async (subject: string) => {
  await writeFile(join(root, 'subject.js'), subject);
  await initRepository(root, 'first');
};
const subject = () => readFile(join(root, 'subject.js'), 'utf8');
const status = () => git(root, ['status', '--porcelain']);

interface Run {
  readonly child: ChildProcess;
  readonly out: { stdout: string; stderr: string };
  /** The exit code; a signal's name when one ended it. */
  readonly ended: Promise<number | string>;
}

/** `selfheal fix` as npm's link starts it, with the stand-in for the engine. `node`: options of the Node.js that starts it. */
function start(args: readonly string[], node: readonly string[] = [], bin = join(CLI, 'bin', 'selfheal.js')): Run {
  const env = { ...process.env, NODE_OPTIONS: FAKE, NO_COLOR: '1' };
  const child = spawn(process.execPath, [...node, bin, 'fix', ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const out = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (out.stderr += text));
  const run = { child, out, ended: once(child, 'close').then(([code, signal]) => signal ?? code) };
  runs.push(run);
  return run;
}
const runs: Run[] = [];

async function fix(...args: string[]) {
  const { out, ended } = start(args);
  return { code: await ended, ...out };
}
/** Waits until it has written `text` to stderr. @throws Error with all of stderr when it ends without */
async function said({ child, out, ended }: Run, text: string): Promise<void> {
  const over = ended.then(() => {
    throw new Error(out.stderr);
  });
  over.catch(() => undefined);
  while (!out.stderr.includes(text)) await Promise.race([once(child.stderr ?? child, 'data'), over]);
}

describe('selfheal fix', () => {
  it('leaves the patch in the work tree and tells the diff, the cause and the confidence', async () => {
    await repository(BUG);
    const { code, stdout, stderr } = await fix('--', 'node', 'test.js', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('selfheal: runs the command (1 of 3)\n') });
    expect(stderr).toContain('command node test.js --json');
    for (const part of ['-exports.add = (a, b) => a - b;', '+exports.add = (a, b) => a + b;', 'adds wrongly (subject.js:1)', '90 %']) {
      expect(stdout).toContain(part);
    }
    expect(await subject()).toBe(BUG.replace('-', '+'));
  });

  it('writes nothing with --dry-run', async () => {
    await repository(BUG);
    const { code, stdout } = await fix('--dry-run', '--', 'node', 'test.js');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('+exports.add = (a, b) => a + b;') });
    expect(await status()).toBe('');
  });

  it('says with --json one object on stdout and everything else on stderr', async () => {
    await repository(BUG);
    const { code, stdout, stderr } = await fix('--json', '--', 'node', 'test.js');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(stdout)).toEqual({
      status: 'healed',
      reason: null,
      message: 'The operator was wrong.',
      cause: { summary: 'adds wrongly', category: 'logic', location: { path: 'subject.js', line: 1 } },
      playbook: null,
      engine: 'rules',
      confidence: 0.9,
      candidates_tried: 3,
      total_ms: 5,
      patch: expect.stringContaining('+++ b/subject.js'),
      applied: true,
      attempts: [expect.objectContaining({ template: 'wrong-operator' })],
    });
    expect(stderr).toContain('Healed.');
  });

  it('ends with 1 and an untouched work tree when it does not heal', async () => {
    await repository(`// HARD\n${BUG}`);
    const { code, stdout } = await fix('--', 'node', 'test.js');
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('Not healed (no_candidate): Nothing passes.') });
    expect(await status()).toBe('');
  });

  it('ends with 0 when there is nothing to heal', async () => {
    await repository('// FINE\n');
    expect(await fix('--', 'node', 'test.js')).toMatchObject({ code: 0, stdout: 'It passes.\n' });
  });

  it('ends with 1 and a report when the engine itself fails', async () => {
    await repository('// BROKEN\n');
    const { code, stdout } = await fix('--json', '--', 'node', 'test.js');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'not_healed', reason: 'internal', message: expect.stringContaining('out of disk') });
  });

  it('heals without git and says so', async () => {
    await writeFile(join(root, 'subject.js'), BUG);
    expect(await fix('--', 'node', 'test.js')).toMatchObject({ code: 0, stderr: expect.stringContaining('no git repository') });
    expect(await subject()).toBe(BUG.replace('-', '+'));
  });

  it.each([
    [[], /no command given.*-- npm test/],
    [['--timeout', 'soon', '--', 'x'], /--timeout.*number of seconds/],
    [['--max-attempts', '0', '--', 'x'], /--max-attempts.*whole number/],
    [['--cwd', 'nowhere', '--', 'x'], /--cwd: there is no directory/],
    [['--files', 'src/**', '--', 'x'], /--files: "src\/\*\*" matches no file/],
    [['--bogus', '--', 'x'], /unknown option '--bogus'/],
  ])('ends with 2 for %j', async (args, message) => {
    await repository(BUG);
    expect(await fix(...args)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
    expect(await status()).toBe('');
  });

  it('ends with 2 for changes that are not committed, and heals them with --force', async () => {
    await repository('exports.add = 1;\n');
    await writeFile(join(root, 'subject.js'), BUG);
    expect(await fix('--', 'x')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/ M subject\.js.*--force/s) });
    expect(await subject()).toBe(BUG);
    expect(await fix('--force', '--', 'x')).toMatchObject({ code: 0 });
    expect(await subject()).toBe(BUG.replace('-', '+'));
  });
});

describe.each([
  ['by a Node.js that is new enough', []],
  ['by an older Node.js', [OLD]],
])('started %s', (_, node) => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s stops everything first, then ends it with %i', async (signal, code) => {
    await repository('// HANG\n');
    const run = start(['--json', '--', 'x'], node);
    await said(run, 'command x');
    run.child.kill(signal);
    expect(await run.ended).toBe(code);
    expect(run.out.stderr).toContain('stopped');
    expect(JSON.parse(run.out.stdout)).toMatchObject({ status: 'not_healed', reason: 'interrupted', patch: null, applied: false });
    expect(await status()).toBe('');
  });

  it("passes the exit code on, and leaves the user's PATH without our programs", async () => {
    await repository(`// HARD\n${BUG}`);
    const run = start(['--', 'x'], node);
    expect(await run.ended).toBe(1);
    const [, path = ''] = /PATH (\S+)/.exec(run.out.stderr) ?? [];
    const ours = join(CLI, '..', '..', 'node_modules', '.bin');
    expect(path.split(':')).toEqual((process.env.PATH ?? '').split(':').filter((folder) => folder !== ours));
  });
});

describe('a launcher that cannot start', () => {
  const copyOfLauncher = async (...built: string[]) => {
    await mkdir(join(root, 'bin'));
    await writeFile(join(root, 'package.json'), '{"type":"module"}');
    await cp(join(CLI, 'bin', 'selfheal.js'), join(root, 'bin', 'selfheal.js'));
    for (const name of built) {
      await mkdir(join(root, 'dist'));
      await writeFile(join(root, 'dist', name), '');
    }
    return join(root, 'bin', 'selfheal.js');
  };

  it('says that it is not built', async () => {
    const run = start([], [], await copyOfLauncher());
    expect(await run.ended).toBe(1);
    expect(run.out.stderr).toContain('npm run build');
  });

  it('says that Node.js 24 is missing', async () => {
    const run = start([], [OLD], await copyOfLauncher('main.js'));
    expect(await run.ended).toBe(1);
    expect(run.out.stderr).toMatch(/needs Node\.js >= 24, this is 20\.20\.0.*npm ci/);
  });
});
