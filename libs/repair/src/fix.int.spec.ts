import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import type { FixReport } from './report.js';
import { fixing, repositoryOf } from './testing/fixing.js';

const SUM = 'exports.sum = (list) => {\n  let total = 0;\n  for (let i = 1; i < list.length; i++) total += list[i];\n  return total;\n};\n';
const CASES = [
  [[], 0],
  [[1], 1],
  [[1, 2], 3],
  [[5, 5, 5], 15],
] as const;
const ASSERTS = CASES.map(([list, sum]) => `assert.equal(sum(${JSON.stringify(list)}), ${sum});\n`).join('');
const GOOD = 'let i = 0;';
const HEALED = { status: 'healed', reason: null, engine: 'rules' };

/** The text of a file after the patch. */
const textAfter = (report: FixReport, path: string) => report.files.find((file) => file.path === path)?.after;
const changes = (report: FixReport) => (report.patch ?? '').split('\n').filter((line) => /^[-+](?![-+])/.test(line));

// On a busy machine a heal takes a multiple of its two seconds.
jest.setTimeout(60_000);

describe('a repository whose command fails is healed', () => {
  it('when it is a plain script, with a patch that git applies and after which the command passes', async () => {
    const root = repositoryOf({
      'lib/sum.js': SUM,
      'test.js': `const assert = require('assert');\nconst { sum } = require('./lib/sum');\n${ASSERTS}`,
    });
    const { report, told } = await fixing(root, ['node', 'test.js']);
    expect(report).toMatchObject({ ...HEALED, cause: { category: 'logic', location: { path: 'lib/sum.js', line: 3 } } });
    expect(textAfter(report, 'lib/sum.js')).toBe(SUM.replace('let i = 1;', GOOD));
    expect(report.confidence).toBeGreaterThanOrEqual(0.5);
    expect(report.attempts.at(-1)).toMatchObject({ outcome: 'proven', diff_stat: '+1 -1' });
    expect([...new Set(told.map(({ stage }) => stage))]).toEqual(
      expect.arrayContaining(['reproducing', 'reproduced', 'oracle', 'localised', 'plausible', 'proving', 'proven']),
    );
    const runs = told.flatMap((event) => (event.stage === 'reproducing' ? `${event.run}/${event.of}` : []));
    expect(runs).toEqual(['1/3', '2/3', '3/3']);
    expect(told.find(({ stage }) => stage === 'oracle')).toMatchObject({ name: 'script (warm)' });
    execFileSync('git', ['apply', '-'], { cwd: root, input: report.patch ?? '' });
    execFileSync(process.execPath, ['test.js'], { cwd: root });
  });

  it('when it is one of ES modules, without git', async () => {
    const root = repositoryOf(
      {
        'package.json': '{"type":"module"}',
        'sum.js': SUM.replace('exports.sum =', 'export const sum ='),
        'test.js': `import assert from 'node:assert';\nimport { sum } from './sum.js';\n${ASSERTS}`,
      },
      { git: false },
    );
    const { report } = await fixing(root, ['node', 'test.js']);
    expect(report).toMatchObject(HEALED);
    expect(textAfter(report, 'sum.js')).toContain(GOOD);
  });

  it('when a file does not parse and has a second fault', async () => {
    const root = repositoryOf({
      'double.js': 'exports.double = (n) => {\n  return n * 3;\n',
      'test.js':
        "const assert = require('assert');\nconst { double } = require('./double');\nassert.equal(double(2), 4);\nassert.equal(double(5), 10);\nassert.equal(double(0), 0);\n",
    });
    const { report } = await fixing(root, ['node', 'test.js']);
    expect(report).toMatchObject({ ...HEALED, cause: { location: { path: 'double.js' } } });
    expect(textAfter(report, 'double.js')).toMatch(/return n \* 2;\n\}/);
  });

  it('when it is TypeScript that Node runs itself', async () => {
    const root = repositoryOf({
      'package.json': '{"type":"module"}',
      'sum.ts': SUM.replace('exports.sum = (list) =>', 'export const sum = (list: readonly number[]): number =>'),
      'check.test.ts': `import assert from 'node:assert';\nimport { sum } from './sum.ts';\n${ASSERTS}`,
    });
    const { report } = await fixing(root, [process.execPath, 'check.test.ts']);
    expect(report).toMatchObject(HEALED);
    expect(textAfter(report, 'sum.ts')).toContain(GOOD);
  });

  it('when it is a mocha suite, behind npm', async () => {
    const root = repositoryOf(
      {
        'package.json': '{"scripts":{"test":"mocha --reporter dot"}}',
        'lib/sum.js': SUM,
        'test/sum.js': `const assert = require('assert');\nconst { sum } = require('../lib/sum');\ndescribe('sum', () => {\n${CASES.map(([list, sum]) => `  it('of ${list.length}', () => assert.equal(sum(${JSON.stringify(list)}), ${sum}));\n`).join('')}});\n`,
      },
      { modules: true },
    );
    const { report, told } = await fixing(root, ['npm', 'test', '--silent']);
    expect(told.find(({ stage }) => stage === 'oracle')).toMatchObject({ name: 'mocha (warm)' });
    expect(report).toMatchObject(HEALED);
    expect(textAfter(report, 'lib/sum.js')).toContain(GOOD);
  });

  it('when it is a jest suite', async () => {
    const root = repositoryOf(
      {
        'package.json': '{"jest":{"testEnvironment":"node","transform":{}}}',
        'sum.js': SUM,
        'sum.test.js': `const { sum } = require('./sum');\ntest.each(${JSON.stringify(CASES)})('%j', (list, of) => expect(sum(list)).toBe(of));\n`,
      },
      { modules: true },
    );
    const { report, told } = await fixing(root, ['npx', 'jest', '-i']);
    expect(told.find(({ stage }) => stage === 'oracle')).toMatchObject({ name: 'jest (warm)' });
    expect(report).toMatchObject(HEALED);
    expect(textAfter(report, 'sum.js')).toContain(GOOD);
  });

  it('when it needs two edits', async () => {
    const lib =
      'exports.area = (w, h) => w + h;\nexports.longest = (words) => {\n  let best = "";\n  for (const word of words) if (word.length < best.length) best = word;\n  return best;\n};\n';
    const root = repositoryOf({
      'lib.js': lib,
      'test.js': `const assert = require('assert');\nconst { area, longest } = require('./lib');
assert.equal(area(2, 3), 6);\nassert.equal(area(4, 5), 20);\nassert.equal(area(0, 9), 0);
assert.equal(longest(['a', 'bcd', 'ef']), 'bcd');\nassert.equal(longest(['xx', 'y']), 'xx');\nassert.equal(longest([]), '');\n`,
    });
    const { report } = await fixing(root, ['node', 'test.js']);
    expect(report).toMatchObject(HEALED);
    expect(textAfter(report, 'lib.js')).toBe(
      lib.replace('w + h', 'w * h').replace('word.length < best.length', 'word.length > best.length'),
    );
  });

  it('when a file does not parse', async () => {
    const root = repositoryOf({
      'sum.js': SUM.replace('(list) => {', '(list => {').replace(GOOD, GOOD).replace('let i = 1;', GOOD),
      'test.js': `const assert = require('assert');\nconst { sum } = require('./sum');\n${ASSERTS}`,
    });
    const { report } = await fixing(root, ['node', 'test.js']);
    expect(report).toMatchObject({ ...HEALED, cause: { category: 'syntax', location: { path: 'sum.js' } } });
    expect(textAfter(report, 'sum.js')).toMatch(/^exports\.sum = \(?list\)? => \{/);
  });

  it('when an error names its place', async () => {
    const root = repositoryOf({
      'user.js': 'exports.nameOf = (user) => user.name.trim();\n',
      'test.js': `const assert = require('assert');\nconst { nameOf } = require('./user');\nassert.equal(nameOf({ name: ' a ' }), 'a');\nassert.equal(nameOf(undefined), undefined);\n`,
    });
    const { report } = await fixing(root, ['node', 'test.js']);
    expect(report).toMatchObject({ ...HEALED, cause: { location: { path: 'user.js', line: 1 } } });
  });

  it('when a linter does not pass', async () => {
    const root = repositoryOf({ 'biome.json': '{}', 'a.js': 'let a = 1;\nexport const b = a;\n' }, { modules: true });
    const { report } = await fixing(root, ['node_modules/.bin/biome', 'lint', '--error-on-warnings', '.']);
    expect(report).toMatchObject({ ...HEALED, playbook: 'lint-autofix' });
    expect(changes(report)).toContain('+const a = 1;');
  });

  it('when a dependency is named nowhere', async () => {
    const root = repositoryOf({
      'package.json': '{\n  "name": "app",\n  "dependencies": {}\n}\n',
      'main.js': "require('utill');\n",
    });
    const { report } = await fixing(root, ['node', 'main.js']);
    expect(report).toMatchObject({ ...HEALED, playbook: 'missing-dependency' });
    expect(textAfter(report, 'main.js')).toBe("require('util');\n");
  });

  it('when it is a folder of a repository', async () => {
    const name = `fix-${randomUUID()}`;
    const whole = repositoryOf({
      [`${name}/sum.js`]: SUM,
      [`${name}/check.js`]: `const assert = require('assert');\nconst { sum } = require('./sum');\n${ASSERTS}`,
    });
    const { report } = await fixing(join(whole, name), ['node', 'check.js']);
    expect(report.files.map(({ path }) => path)).toEqual(['sum.js']);
    expect(report).toMatchObject(HEALED);
  });
});

describe('what is left alone', () => {
  it('is a command that passes', async () => {
    const { report } = await fixing(repositoryOf({ 'a.js': '' }), ['node', 'a.js']);
    expect(report).toMatchObject({ status: 'passes_already', reason: null, patch: null, candidates_tried: 0 });
  });

  it('is what is not among the files that the user lets be edited', async () => {
    const root = repositoryOf({
      'sum.js': SUM,
      'test.js': `const assert = require('assert');\nconst { sum } = require('./sum');\n${ASSERTS}`,
    });
    const { report } = await fixing(root, ['node', 'test.js'], { files: ['src/**'] });
    expect(report).toMatchObject({ status: 'not_healed', reason: 'nothing_editable', patch: null, files: [] });
    expect(report.message).toMatch(/--files/);
  });

  it('is a test, unless the user says otherwise', async () => {
    const files = { 'test.js': "const assert = require('assert');\nassert.equal(1 + 1, 3);\nassert.equal(2 + 1, 3);\n" };
    const { report } = await fixing(repositoryOf(files), ['node', 'test.js']);
    expect(report).toMatchObject({ status: 'not_healed', reason: 'nothing_editable' });
    expect(report.message).toMatch(/test\.js.*--allow-tests/);
  });
});
