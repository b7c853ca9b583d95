import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

/** Several processes of Node.js for each, on a machine that may be busy. */
jest.setTimeout(60_000);

const CLI = join(import.meta.dirname, '..', '..');
/** A driver of the same interface as the real one, as small as can be. */
const DRIVER = `
import fs from 'node:fs'; import path from 'node:path'; import { spawnSync } from 'node:child_process';
const [command, key, dir] = process.argv.slice(2); const from = path.join(import.meta.dirname, key);
if (command === 'checkout') {
  const repository = path.join(import.meta.dirname, '_repos', 'one.git');
  if (key.startsWith('repo/') && !fs.existsSync(path.join(repository, 'refs'))) { console.error('fatal: not a git repository'); process.exit(128); }
  fs.cpSync(path.join(from, 'buggy'), dir, { recursive: true });
  if (!key.startsWith('repo/')) fs.copyFileSync(path.join(from, 'test.js'), path.join(dir, 'test.js'));
} else process.exit(spawnSync(process.execPath, ['test.js'], { cwd: dir }).status);
`;
const TEST = "const { add } = require('./subject.js'); require('assert').strictEqual(add(2, 3), 5);\n";
const VISIBLE = "const { add } = require('./subject.js'); require('assert').ok(add(2, 2) === 4 && !require('fs').existsSync('test.js'));\n";
const BUG = 'exports.add = (a, b) => a - b;\n';

let home: string;
let outcome: { code: number; stdout: string; stderr: string };

async function addCase(key: string, subject: string, files: Record<string, string>, meta: object): Promise<void> {
  await mkdir(join(home, key, 'buggy'), { recursive: true });
  await writeFile(join(home, key, 'buggy', 'subject.js'), subject);
  await writeFile(join(home, key, 'meta.json'), JSON.stringify({ timeout_s: 20, ...meta }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(home, key, name), text);
}

async function bench(...args: string[]) {
  const env = { ...process.env, NODE_OPTIONS: `--import=${join(CLI, 'fixtures', 'use-fake-repair.mjs')}` };
  const child = spawn(process.execPath, [join(CLI, 'dist', 'main.js'), 'bench-fix', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = await once(child, 'close');
  return { code: Number(code), stdout, stderr };
}

beforeAll(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'selfheal-suites-')));
  await writeFile(join(home, 'cases.mjs'), DRIVER);
  await mkdir(join(home, '_repos', 'one.git'), { recursive: true });
  const hidden = { test_cmd: 'node test.js', test_files: ['test.js'] };
  const files = { 'test.js': TEST, 'visible.js': VISIBLE };
  await addCase('small/S-1', BUG, files, { ...hidden, fix: { pattern: 'wrong-operator' } });
  await addCase('small/S-2', `// TRAP\n${BUG}`, files, { ...hidden, fix: { pattern: 'wrong-operator' } });
  await addCase('small/S-10', `// HARD\n${BUG}`, { 'test.js': TEST }, { ...hidden, fix: { pattern: 'missing-call' } });
  await addCase('repo/R-1', BUG, {}, { fix: { pattern: 'off-by-one' } });
  await writeFile(join(home, 'repo', 'R-1', 'buggy', 'test.js'), TEST);
  await writeFile(join(home, 'small', 'README.md'), 'no case');
  outcome = await bench('--suite', home, '--json', '--timeout', '20', '--out', join(home, 'out.json'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('bench-fix', () => {
  it('heals every case through the command line and judges it by tests that the heal did not see', () => {
    const { engines } = JSON.parse(outcome.stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(outcome.code).toBe(0);
    expect(engines).toHaveLength(1);
    const [{ name, cases, suites, total }] = engines;
    expect(name).toBe('rules');
    expect(cases.map((one: { case: string; status: string }) => [one.case, one.status])).toEqual([
      ['repo/R-1', 'correct'],
      ['small/S-1', 'correct'],
      ['small/S-2', 'wrong'],
      ['small/S-10', 'abstained'],
    ]);
    expect(cases[1]).toMatchObject({ candidates: 3, confidence: 0.9, template: 'wrong-operator', pattern: 'wrong-operator' });
    expect(suites.small).toMatchObject({ total: 3, correct: 1, wrong: 1, abstained: 1, error: 0 });
    expect(total).toMatchObject({ total: 4, correct: 2, median_seconds: expect.any(Number) });
    expect(total.reliability.bins).toHaveLength(10);
  });

  it('prints people a line for each case, tables and the reliability diagram, on stderr', () => {
    expect(outcome.stderr).toMatch(/wrong +small\/S-2/);
    expect(outcome.stderr).toContain('All, engine rules: 4 cases, correct 2 (50 %)');
    expect(outcome.stderr).toContain('expected calibration error');
    expect(outcome.stdout.trimEnd()).not.toContain('\n');
  });

  it('goes on with a repaired copy when a repository has lost its refs, and leaves the suite alone', async () => {
    expect(outcome.stderr).toContain('repaired copy');
    await expect(readFile(join(home, '_repos', 'one.git', 'refs'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('writes everything to --out, patches included', async () => {
    const out = JSON.parse(await readFile(join(home, 'out.json'), 'utf8'));
    expect(out.engines[0].cases[1].patch).toContain('+exports.add = (a, b) => a + b;');
  });

  it('takes one suite, a filter and a limit', async () => {
    const { stdout } = await bench('--suite', join(home, 'small'), '--json', '--filter', 'S-1*', '--limit', '1');
    expect(JSON.parse(stdout).engines[0].cases).toMatchObject([{ case: 'small/S-1', status: 'correct' }]);
  });

  it.each([
    [['--suite', tmpdir()], /is not a suite/],
    [['--filter', 'nothing/*'], /--filter: "nothing\/\*" matches none of 4 cases/],
  ])('ends with 2 for %j', async (args, message) => {
    expect(await bench('--suite', home, ...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  });
});
