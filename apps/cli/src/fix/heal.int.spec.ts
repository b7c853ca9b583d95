import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { git, initRepository } from '@selfheal/git';

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'selfheal.js');
const TEST = `const assert = require('node:assert');
const { sum } = require('./sum.js');
assert.strictEqual(sum([1, 2, 3]), 6);
assert.strictEqual(sum([5]), 5);
assert.strictEqual(sum([]), 0);
`;
const BUG = `exports.sum = (numbers) => {
  let total = 0;
  for (let i = 1; i < numbers.length; i++) total += numbers[i]; // adds up
  return total;
};
`;

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'selfheal-heal-')));
  await write('test.js', TEST);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const write = (path: string, text: string) => writeFile(join(root, path), text);
const read = (path: string) => readFile(join(root, path), 'utf8');

/** `selfheal fix --json`, as a user starts it, with the real engine. */
async function fix(...args: string[]) {
  const child = spawn(process.execPath, [BIN, 'fix', '--json', '--timeout', '40', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = await once(child, 'close');
  return { code, stderr, report: stdout && JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') };
}

// A heal runs the command several times in processes of its own.
jest.setTimeout(60_000);

const untouched = async () => expect(await git(root, ['status', '--porcelain', '--ignored=no'])).toBe('');

describe('a heal of a small repository', () => {
  it('mends the bug, keeps everything else byte for byte, and the command passes', async () => {
    await write('sum.js', BUG);
    await initRepository(root, 'first');
    const { code, report, stderr } = await fix('--', 'node', 'test.js');
    expect({ code, stderr, report }).toMatchObject({ code: 0, report: { status: 'healed', engine: 'rules', applied: true } });
    expect(await read('sum.js')).toBe(BUG.replace('i = 1', 'i = 0'));
    expect(await read('test.js')).toBe(TEST);
    expect(report.confidence).toBeGreaterThan(0);
    expect(report.patch).toContain('+++ b/sum.js');
  });

  it('edits no file that --files leaves out', async () => {
    await write('sum.js', BUG);
    await write('other.js', 'exports.x = 1;\n');
    await initRepository(root, 'first');
    expect(await fix('--files', 'other.js', '--', 'node', 'test.js')).toMatchObject({
      code: 1,
      report: { status: 'not_healed', patch: null },
    });
    await untouched();
  });

  it('never edits a file that git ignores', async () => {
    await write('sum.js', BUG);
    await write('.gitignore', 'sum.js\n');
    await initRepository(root, 'first');
    expect(await fix('--', 'node', 'test.js')).toMatchObject({ code: 1, report: { status: 'not_healed', patch: null } });
    expect(await read('sum.js')).toBe(BUG);
    await untouched();
  });

  it('never edits the test, even when it alone is wrong', async () => {
    await write('sum.js', BUG.replace('i = 1', 'i = 0'));
    await write('test.js', `${TEST}assert.strictEqual(1 + 1, 3);\n`);
    await initRepository(root, 'first');
    expect(await fix('--', 'node', 'test.js')).toMatchObject({ code: 1, report: { status: 'not_healed', patch: null } });
    await untouched();
  });

  it('has nothing to do for a command that passes', async () => {
    await write('sum.js', BUG.replace('i = 1', 'i = 0'));
    await initRepository(root, 'first');
    expect(await fix('--', 'node', 'test.js')).toMatchObject({ code: 0, report: { status: 'passes_already', patch: null } });
    await untouched();
  });

  it('says of a command that is not there that it cannot start', async () => {
    await write('sum.js', BUG);
    await initRepository(root, 'first');
    expect(await fix('--', 'no-such-program-here')).toMatchObject({ code: 1, report: { status: 'not_healed', reason: 'cannot_start' } });
    await untouched();
  });
});
