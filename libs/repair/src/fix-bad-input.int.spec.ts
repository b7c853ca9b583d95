import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import type { FixProgress } from './report.js';
import { fixing, repositoryOf } from './testing/fixing.js';

jest.setTimeout(60_000);

const script = (text: string, more: Record<string, string> = {}) => repositoryOf({ 'test.js': text, ...more });
const NOT_HEALED = { status: 'not_healed', patch: null, files: [], confidence: null };

describe('a command that cannot be healed gets its reason', () => {
  it.each(['test.js', 'server.js'])('a server that idles never ends: %s, and loses nothing to make it end', async (name) => {
    const root = repositoryOf({ [name]: "require('http').createServer().listen(0, '127.0.0.1');\n" });
    const { report, told } = await fixing(root, ['node', name], { timeoutMs: 6000 });
    expect(report).toMatchObject({ ...NOT_HEALED, reason: 'never_ends', candidates_tried: 0 });
    expect(report.message).toMatch(/did not end within 2 s.*ends by itself.*--timeout/);
    expect(told.filter(({ stage }) => stage === 'reproducing')).toHaveLength(1);
  });

  it('a flaky one is no base for a proof', async () => {
    const memory = join(dirname(repositoryOf({}, { git: false })), 'memory');
    const root = script(
      `const fs = require('fs');\nconst m = ${JSON.stringify(memory)};\nif (fs.existsSync(m)) throw new Error('now');\nfs.writeFileSync(m, '');\n`,
    );
    const { report } = await fixing(root, ['node', 'test.js']);
    expect(report).toMatchObject({ ...NOT_HEALED, reason: 'flaky', candidates_tried: 0 });
    expect(report.message).toMatch(/does not fail the same way each time \(passed; failed/);
  });

  it.each([
    ['a program that is not there', ['no-such-program-x'], /cannot start: .*no-such-program-x.*PATH/],
    ['a script that is not there', ['node', 'missing.js'], /cannot start: there is no .*missing\.js/],
    ['a tool that is not installed', ['sh', '-c', 'no-such-tool-x'], /cannot start: .*no-such-tool-x.*npm ci/s],
    ['a folder', ['./'], /cannot start/],
    ['nothing', [''], /cannot start/],
  ])('%s cannot start', async (_name, command, message) => {
    const { report } = await fixing(script(''), command);
    expect(report).toMatchObject({ ...NOT_HEALED, reason: 'cannot_start' });
    expect(report.message).toMatch(message);
  });

  it('one that needs another machine is no fault of the code', async () => {
    // As the resolver says it: nothing outside of this machine is called in a test.
    const root = script("const e = new Error('getaddrinfo ENOTFOUND api.example.com');\ne.code = 'ENOTFOUND';\nthrow e;\n");
    const { report } = await fixing(root, ['node', 'test.js']);
    expect(report).toMatchObject({ ...NOT_HEALED, reason: 'needs_network', candidates_tried: 0 });
    expect(report.message).toMatch(/network \(api\.example\.com\).*no fault of the code/);
  });

  it('a test that kills its process says nothing that can be trusted', async () => {
    const root = script("require('./lib');\nprocess.kill(process.pid, 'SIGKILL');\nsetInterval(() => {}, 1000);\n", {
      'lib.js': 'exports.one = 1;\n',
    });
    const { report } = await fixing(root, ['node', 'test.js']);
    expect(report).toMatchObject({ ...NOT_HEALED, reason: 'killed' });
    expect(report.message).toMatch(/ended by SIGKILL/);
  });

  it('a minified or huge file is not edited', async () => {
    const padding = 'function z(a){return a+1}'.repeat(200);
    const root = repositoryOf({
      'lib.min.js': `${padding}exports.add=(a,b)=>a-b;\n`,
      'big.js': `exports.sub = (a, b) => a + b;\n${'// generated\n'.repeat(200_000)}`,
      'test.js':
        "const assert = require('assert');\nconst { add } = require('./lib.min');\nconst { sub } = require('./big');\nassert.equal(add(1, 2), 3);\nassert.equal(sub(1, 2), -1);\n",
    });
    const { report } = await fixing(root, ['node', 'test.js']);
    expect(report).toMatchObject({ ...NOT_HEALED, reason: 'nothing_editable', candidates_tried: 0 });
    expect(report.message).toMatch(/test\.js \(a test\), lib\.min\.js \(minified or generated\), big\.js \(too large/);
  });
});

describe('an endless loop in the code', () => {
  it('is healed where a worker sees it too', async () => {
    const root = script(
      "const assert = require('assert');\nconst { sum } = require('./lib');\nassert.equal(sum(0), 0);\nassert.equal(sum(3), 6);\nassert.equal(sum(4), 10);\n",
      { 'lib.js': 'exports.sum = (n) => {\n  let s = 0;\n  for (let i = n; i > 0; i++) s += i;\n  return s;\n};\n' },
    );
    const { report } = await fixing(root, ['node', 'test.js'], { timeoutMs: 24_000 });
    expect(report).toMatchObject({ status: 'healed', cause: { location: { path: 'lib.js' } } });
    expect(report.patch).toMatch(/^\+ {2}for \(let i = n; i > 0; i--\)/m);
  });
});

describe('code that deletes files', () => {
  it('loses nothing of the original and nothing next to it, whatever path a mutant computes', async () => {
    const root = script(
      `const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { clean } = require('./lib');
fs.mkdirSync('out/old', { recursive: true });
fs.writeFileSync('out/old/a.txt', 'a');
// The computer that this runs on is no stake: what the spec did not make is never deleted.
const rm = fs.rmSync;
fs.rmSync = (at, options) => {
  const home = path.resolve(process.cwd(), '..', '..');
  const target = path.resolve(at);
  if (!target.startsWith(home + path.sep) && !target.startsWith(PRECIOUS)) throw new Error('not deleted: ' + target);
  return rm(at, options);
};
clean(process.cwd(), 'out', 'old');
assert.equal(fs.existsSync('out/old'), false);
assert.equal(fs.existsSync('out'), true);
assert.equal(fs.existsSync('lib.js'), true);
`,
      {
        'lib.js': `const fs = require('fs');
const path = require('path');
const PRECIOUS = 'TO_REPLACE';
exports.places = () => [PRECIOUS, path.join(PRECIOUS, 'deep')];
exports.clean = (root, ...names) => {
  let at = root;
  for (let i = 1; i < names.length; i++) at = path.join(at, names[i]);
  if (names.length === 0) at = PRECIOUS;
  fs.rmSync(at, { recursive: true, force: true });
};
`,
        'data/keep.txt': 'keep',
      },
    );
    const precious = join(dirname(root), 'precious');
    mkdirSync(join(precious, 'deep'), { recursive: true });
    writeFileSync(join(precious, 'deep', 'file.txt'), 'precious');
    for (const [path, from] of [
      ['lib.js', "'TO_REPLACE'"],
      ['test.js', 'PRECIOUS'],
    ] as const)
      writeFileSync(join(root, path), readFileSync(join(root, path), 'utf8').replace(from, JSON.stringify(precious)));
    const { report } = await fixing(root, ['node', 'test.js']);
    expect(readFileSync(join(precious, 'deep', 'file.txt'), 'utf8')).toBe('precious');
    expect(report.candidates_tried).toBeGreaterThan(10);
    expect(report).toMatchObject({ status: 'healed' });
    expect(report.patch).toContain('+  for (let i = 0; i < names.length; i++)');
  });
});

describe('a heal that does not come to its end', () => {
  // No mutation makes this: the search goes on for as long as it may.
  const files = {
    'lib.js': `exports.f = (a, b, c) => {\n${Array.from({ length: 40 }, (_, i) => `  if (a > ${i} && b < c + ${i}) a += b * ${i} - c;\n`).join('')}  return a;\n};\n`,
    'test.js':
      "const assert = require('assert');\nconst { f } = require('./lib');\nassert.equal(f(1, 2, 3), 'a text that is nowhere');\nassert.equal(f(3, 2, 1), 'nor is this');\n",
  };
  const until = (stage: FixProgress['stage'], stop: AbortController) => (event: FixProgress) => {
    if (event.stage === stage) stop.abort();
  };

  it('says that its time was up, within its time', async () => {
    const { report } = await fixing(repositoryOf(files), ['node', 'test.js'], { timeoutMs: 5000 });
    expect(report).toMatchObject({ ...NOT_HEALED, reason: 'timeout' });
    expect(report.candidates_tried).toBeGreaterThan(0);
    expect(report.message).toMatch(/time was up after \d+ candidates.*--timeout/);
    expect(report.total_ms).toBeLessThan(8000);
  });

  it.each(['reproducing', 'reproduced', 'oracle', 'searching'] as const)(
    'is interrupted while %s, and leaves nothing behind',
    async (stage) => {
      const stop = new AbortController();
      const { report } = await fixing(repositoryOf(files), ['node', 'test.js'], { signal: stop.signal, onProgress: until(stage, stop) });
      expect(report).toMatchObject({ ...NOT_HEALED, reason: 'interrupted', message: expect.stringContaining('work tree is as it was') });
    },
  );

  it('is interrupted before it begins', async () => {
    const { report, told } = await fixing(repositoryOf(files), ['node', 'test.js'], { signal: AbortSignal.abort() });
    expect(report).toMatchObject({ ...NOT_HEALED, reason: 'interrupted', candidates_tried: 0 });
    expect(told).toEqual([]);
  });

  it('rejects for a work tree that is not there', async () => {
    const root = join(dirname(repositoryOf({}, { git: false })), 'nowhere');
    expect(existsSync(root)).toBe(false);
    await expect(fixing(root, ['node', 'test.js'])).rejects.toThrow(/ENOENT/);
  });
});
