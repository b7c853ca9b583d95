import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { git, initRepository } from '@selfheal/git';

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'selfheal.js');
const TEST = `const assert = require('node:assert');
const { sum } = require('./sum.js');
assert.strictEqual(sum([1, 2, 3]), 6);
assert.strictEqual(sum([5]), 5);
`;
const BUG = `exports.sum = function sum(numbers) {
  let total = 0;
  for (let i = 1; i < numbers.length; i++) total += numbers[i];
  return total;
};
`;
const FIXED = BUG.replace('i = 1', 'i = 0');

// Heals run the command several times in processes of its own.
jest.setTimeout(120_000);

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'selfheal-learn-')));
  await writeFile(join(root, 'test.js'), TEST);
  await writeFile(join(root, 'sum.js'), BUG);
  await initRepository(root, 'first');
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function selfheal(...args: string[]) {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}
const fix = async (...args: string[]) => {
  const { code, stdout, stderr } = await selfheal('fix', '--json', '--timeout', '50', ...args, '--', 'node', 'test.js');
  return { code, stderr, report: JSON.parse(stdout) };
};
const learned = async () => JSON.parse((await selfheal('learn', '--json')).stdout);
const breakAgain = (text = BUG) => writeFile(join(root, 'sum.js'), text);

describe('learning from heals', () => {
  it('tries the fix of the same failure first when it comes back, proves it, and shows it', async () => {
    const first = await fix();
    expect(first).toMatchObject({ code: 0, report: { status: 'healed' } });
    expect(first.report.candidates_tried).toBeGreaterThan(1);
    expect(await learned()).toMatchObject({ records: 1, proven: 1, fixes: [{ path: 'sum.js', function: 'sum' }] });
    expect(await git(root, ['status', '--porcelain'])).toBe(' M sum.js\n');

    // The fault is back, in other surroundings.
    await breakAgain(`// An unrelated line.\n${BUG}`);
    const again = await fix('--force');
    expect(again).toMatchObject({
      code: 0,
      report: { status: 'healed', playbook: expect.stringMatching(/^learned\//), candidates_tried: 1 },
    });
    expect(await readFile(join(root, 'sum.js'), 'utf8')).toBe(`// An unrelated line.\n${FIXED}`);
    const { stdout } = await selfheal('learn');
    expect(stdout).toMatch(/2 attempts are remembered, 2 of them proven/);
  });

  it('remembers nothing with --dry-run or --no-memory, and uses nothing with the latter', async () => {
    await fix('--dry-run');
    expect(await learned()).toMatchObject({ records: 0 });
    await fix();
    await breakAgain();
    const { report } = await fix('--no-memory', '--force');
    expect(report.playbook).not.toMatch(/^learned\//);
    expect(await learned()).toMatchObject({ records: 1 });
  });

  it('heals on with a memory that is broken, and says so', async () => {
    await fix();
    const { path } = await learned();
    expect(path).toBe(join(root, '.git', 'selfheal', 'memory.json'));
    await writeFile(path, '{"version":1,"records":[{"template":7}]}');
    await breakAgain();
    const { code, stderr } = await fix('--force');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('cannot be read') });
    expect(await learned()).toMatchObject({ records: 1 });
    expect((await stat(`${path}.broken`)).isFile()).toBe(true);
  });

  it('mends a new place with what two fixes of other places have in common', async () => {
    const division = (of: string, by: string, object: string) => ({
      at: '2026-01-02T03:04:05.000Z',
      fingerprints: [],
      playbook: null,
      template: 'by-hand',
      outcome: 'proven',
      path: `${object}.js`,
      fix: {
        kind: 'expression',
        before: `${object}.${of} / ${object}.${by}`,
        after: `${object}.${by} === 0 ? 0 : ${object}.${of} / ${object}.${by}`,
      },
    });
    const { path } = await learned();
    await writeMemoryFile(path, { version: 1, records: [division('cost', 'pieces', 'order'), division('hits', 'shots', 'game')] });
    expect(await learned()).toMatchObject({ mined: [{ before: 'h1.h2 / h1.h3', after: 'h1.h3 === 0 ? 0 : h1.h2 / h1.h3', support: 2 }] });
    await breakAgain('exports.mean = (stats) => stats.sum / stats.count; // of all\n');
    const test = [
      "const assert = require('node:assert');",
      "const { mean } = require('./sum.js');",
      'assert.strictEqual(mean({ sum: 6, count: 3 }), 2);',
      'assert.strictEqual(mean({ sum: 0, count: 0 }), 0);',
    ];
    await writeFile(join(root, 'test.js'), test.join('\n'));
    expect(await fix('--force')).toMatchObject({ code: 0, report: { status: 'healed', playbook: 'learned/mined' } });
    expect(await readFile(join(root, 'sum.js'), 'utf8')).toBe(
      'exports.mean = (stats) => stats.count === 0 ? 0 : stats.sum / stats.count; // of all\n',
    );
  });
});

describe('selfheal learn', () => {
  it('says how an empty memory fills', async () => {
    expect(await selfheal('learn')).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing is known') });
  });

  it('forgets only when that is confirmed', async () => {
    const record = { at: '2026-01-02T03:04:05.000Z', fingerprints: [], playbook: null, template: 'x', outcome: 'failed', path: 'sum.js' };
    const { path } = await learned();
    await writeMemoryFile(path, { version: 1, records: [record] });
    expect(await selfheal('learn', '--forget')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(await learned()).toMatchObject({ records: 1 });
    expect(await selfheal('learn', '--forget', '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Forgotten: 1 attempt.'),
    });
    expect(await learned()).toMatchObject({ records: 0 });
  });

  it.each([[['--cwd', 'nowhere']], [['--yes']]])('ends with 2 for %j', async (args) => {
    expect(await selfheal('learn', ...args)).toMatchObject({ code: 2, stdout: '' });
  });
});

async function writeMemoryFile(path: string, value: unknown): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, JSON.stringify(value));
}
