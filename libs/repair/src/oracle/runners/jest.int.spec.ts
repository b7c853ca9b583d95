import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeProject, statesOf, WarmWorker } from './testing/warm-worker.js';

const SCRIPT = 'node_modules/jest/bin/jest.js';
const SUM = 'const step = require("./step");\nexports.sum = (list) => list.reduce((a, b) => step(a, b), 1);\n';
const GOOD = SUM.replace('b), 1)', 'b), 0)');
const FILES = {
  'package.json': JSON.stringify({ name: 'project', jest: { testEnvironment: 'node', transform: {}, setupFilesAfterEnv: ['./setup.js'] } }),
  'setup.js': 'global.three = 3;\n',
  'lib/sum.js': SUM,
  'lib/step.js': 'module.exports = (a, b) => a + b;\n',
  'lib/later.js': 'exports.later = () => new Promise((done) => setTimeout(done, 5));\n',
  'test/sum.test.js': `const { sum } = require('../lib/sum');
describe('sum', () => {
  it('adds', () => expect(sum([1, 2])).toBe(three));
  it('is a function', () => expect(typeof sum).toBe('function'));
  it.skip('is quick', () => {});
});
`,
  'test/later.test.js': "const { later } = require('../lib/later');\nit('ends', () => later());\n",
};
const ADDS = 'test/sum.test.js > sum adds';
const LATER = 'test/later.test.js > ends';

describe('jest in a warm worker', () => {
  let project: ReturnType<typeof makeProject>;
  let worker: WarmWorker;

  beforeAll(async () => {
    project = makeProject(FILES);
    const started = await WarmWorker.open(project.root, SCRIPT, ['--json', '--ci']);
    worker = started.worker;
    expect(started.opened).toEqual({ type: 'opened', runner: 'jest' });
  }, 60_000);
  afterAll(async () => {
    await worker.close();
    project.remove();
  });

  const base = {
    [ADDS]: 'failed',
    'test/sum.test.js > sum is a function': 'passed',
    'test/sum.test.js > sum is quick': 'skipped',
    [LATER]: 'passed',
  };

  it('tells of every test, with the set-up of the project', async () => {
    const answer = await worker.run();
    expect(statesOf(answer)).toEqual(base);
    expect(answer.tests.find(({ id }) => id === ADDS)?.error).toMatchObject({ expected: '3', actual: '4' });
  }, 60_000);

  it('runs a candidate, and after it the base as if nothing had been', async () => {
    const healed = await worker.run({ patch: [['lib/sum.js', GOOD]], stopAtFirstFailure: true, first: [ADDS] });
    expect(healed.passed).toBe(true);
    expect(statesOf(healed)).toEqual({ ...base, [ADDS]: 'passed' });
    expect(statesOf(await worker.run())).toEqual(base);
  });

  it('sees each of many changes of one file, however quickly they come', async () => {
    for (let start = 0; start < 12; start++) {
      const answer = await worker.run({
        patch: [['lib/sum.js', SUM.replace('b), 1)', `b), ${start})`)]],
        first: [ADDS],
        stopAtFirstFailure: true,
      });
      expect(answer.passed).toBe(start === 0);
    }
  }, 30_000);

  it('loads again what depends on a changed file', async () => {
    const answer = await worker.run({ patch: [['lib/step.js', 'module.exports = (a, b) => (a === 1 && b === 1 ? 1 : a + b);\n']] });
    expect(statesOf(answer)[ADDS]).toBe('passed');
  });

  it('runs the failing tests first, alone', async () => {
    const answer = await worker.run({ stopAtFirstFailure: true, first: [ADDS] });
    expect(statesOf(answer)[ADDS]).toBe('failed');
    expect(answer.tests.some(({ id }) => id === LATER)).toBe(false);
  });

  it('tells of a file that does not parse as an error of the run and a failed file', async () => {
    const answer = await worker.run({ patch: [['lib/sum.js', 'exports.sum = (']] });
    expect(answer).toMatchObject({ passed: false, error: { message: expect.stringContaining('SyntaxError') } });
    expect(statesOf(answer)['test/sum.test.js > (load)']).toBe('failed');
  });

  it('holds a test that never ends to the limit asked for', async () => {
    const patch = [['lib/later.js', 'exports.later = () => new Promise(() => {});\n']] as const;
    const answer = await worker.run({ patch, testTimeoutMs: 200 });
    expect(answer.tests.find(({ id }) => id === LATER)?.error?.name).toBe('TimeoutError');
    expect(answer.wallMs).toBeLessThan(3000);
  });

  it('takes process.exit in a candidate for a crash', async () => {
    const answer = await worker.run({ patch: [['lib/sum.js', 'exports.sum = () => process.exit(0);\n']] });
    expect(answer).toMatchObject({ passed: false, error: { name: 'ExitSentinel' } });
    expect(statesOf(await worker.run())).toEqual(base);
  });

  it('tells which statements each test executed', async () => {
    const counted = 'Buffer.__sf(0);\nexports.sum = (list) => { Buffer.__sf(1); return 4; };\n';
    const { coverage = [] } = await worker.run({ patch: [['lib/sum.js', counted]], coverage: 'per-test' });
    expect(coverage.find(({ test }) => test === ADDS)).toEqual({ test: ADDS, failed: true, hits: [1] });
    expect(coverage.find(({ test }) => test === '')).toEqual({ test: '', failed: false, hits: [0] });
    expect(coverage.find(({ test }) => test === LATER)?.hits).toEqual([]);
  });
});
