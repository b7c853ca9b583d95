import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeProject, statesOf, WarmWorker } from './testing/warm-worker.js';

const SCRIPT = 'node_modules/mocha/bin/mocha.js';
const SUM = 'const step = require("./step");\nexports.sum = (list) => list.reduce((a, b) => step(a, b), 1);\n';
const GOOD = SUM.replace('b), 1)', 'b), 0)');
const FILES = {
  '.mocharc.json': JSON.stringify({ require: ['./test/setup.js'], spec: ['test/*.spec.js'] }),
  'lib/sum.js': SUM,
  'lib/step.js': 'module.exports = (a, b) => a + b;\n',
  'lib/later.js': 'let calls = 0;\nexports.later = (done) => { calls += 1; setTimeout(() => done(null, calls), 5); };\n',
  'test/setup.js': 'global.assert = require("node:assert");\n',
  'test/sum.spec.js': `const { sum } = require('../lib/sum');
describe('sum', () => {
  it('adds', () => assert.strictEqual(sum([1, 2]), 3));
  it('of nothing', () => assert.strictEqual(sum([]), 0));
  it('is a function', () => assert.strictEqual(typeof sum, 'function'));
  it.skip('is quick', () => {});
});
`,
  'test/later.spec.js': `const { later } = require('../lib/later');
describe('later', () => {
  it('calls back once', (done) => later((error, calls) => { assert.strictEqual(calls, 1); done(error); }));
});
`,
};
const ADDS = 'test/sum.spec.js > sum adds';
const NOTHING = 'test/sum.spec.js > sum of nothing';

describe('mocha in a warm worker', () => {
  let project: ReturnType<typeof makeProject>;
  let worker: WarmWorker;

  beforeAll(async () => {
    project = makeProject(FILES);
    const started = await WarmWorker.open(project.root, SCRIPT, ['--reporter', 'dot']);
    worker = started.worker;
    expect(started.opened).toEqual({ type: 'opened', runner: 'mocha' });
  });
  afterAll(async () => {
    await worker.close();
    project.remove();
  });

  const base = {
    [ADDS]: 'failed',
    [NOTHING]: 'failed',
    'test/sum.spec.js > sum is a function': 'passed',
    'test/sum.spec.js > sum is quick': 'skipped',
    'test/later.spec.js > later calls back once': 'passed',
  };

  it('tells of the tests that the options file chooses, with the set-up that it asks for', async () => {
    const answer = await worker.run();
    expect(statesOf(answer)).toEqual(base);
    expect(answer.passed).toBe(false);
    expect(answer.tests.find(({ id }) => id === ADDS)?.error).toMatchObject({ name: 'AssertionError', expected: '3', actual: '4' });
  });

  it('runs a candidate, and after it the base as if nothing had been', async () => {
    const healed = await worker.run({ patch: [['lib/sum.js', GOOD]], stopAtFirstFailure: true, first: [ADDS, NOTHING] });
    expect(healed.passed).toBe(true);
    expect(healed.tests.filter(({ state }) => state === 'passed')).toHaveLength(4);
    expect(statesOf(await worker.run())).toEqual(base);
  });

  it('loads again what depends on a changed file', async () => {
    const answer = await worker.run({ patch: [['lib/step.js', 'module.exports = (a, b) => a + b - (a === 1 && b === 1 ? 1 : 0);\n']] });
    expect(statesOf(answer)[ADDS]).toBe('passed');
  });

  it('stops at the first failure, and runs the failing tests before all others', async () => {
    const answer = await worker.run({ stopAtFirstFailure: true, first: [NOTHING] });
    expect(answer.tests.filter(({ state }) => state === 'failed')).toHaveLength(1);
    expect(answer.tests.some(({ id }) => id.startsWith('test/later'))).toBe(false);
  });

  it('tells of a file that does not parse as an error of the run', async () => {
    const answer = await worker.run({ patch: [['lib/sum.js', 'exports.sum = (']] });
    expect(answer).toMatchObject({ passed: false, tests: [], error: { name: 'SyntaxError' } });
  });

  it('does not wait for the timeout of a callback that nothing is left to call', async () => {
    const answer = await worker.run({ patch: [['lib/later.js', 'exports.later = () => {};\n']] });
    expect(answer.tests.find(({ id }) => id === 'test/later.spec.js > later calls back once')?.error?.name).toBe('TimeoutError');
    expect(answer.wallMs).toBeLessThan(1500);
  });

  it('cuts a loop that never ends, and works on', async () => {
    const endless = 'exports.sum = () => { for (;;); };\n';
    const answer = await worker.run({ patch: [['lib/sum.js', endless]], stopAtFirstFailure: true, testTimeoutMs: 250 });
    expect(answer.tests.find(({ id }) => id === ADDS)).toMatchObject({ state: 'failed', error: { name: 'TimeoutError' } });
    expect(statesOf(await worker.run())).toEqual(base);
  });

  it('keeps timers, rejections, servers and globals of one candidate from the next', async () => {
    const messy = `require('node:http').createServer().listen(0);
setInterval(() => { throw new Error('late'); }, 1);
global.setTimeout = () => { throw new Error('stolen'); };
setImmediate(() => Promise.reject(new Error('nobody')));
${GOOD}`;
    await worker.run({ patch: [['lib/sum.js', messy]] });
    expect(statesOf(await worker.run())).toEqual(base);
    expect((await worker.run({ patch: [['lib/sum.js', GOOD]], stopAtFirstFailure: true })).passed).toBe(true);
  });

  it('takes process.exit in a candidate for a crash, whatever its code', async () => {
    const answer = await worker.run({ patch: [['lib/sum.js', 'exports.sum = () => process.exit(0);\n']] });
    expect(answer).toMatchObject({ passed: false, error: { name: 'ExitSentinel' } });
    expect(statesOf(await worker.run())).toEqual(base);
  });

  it('tells which statements each test executed, and which modules there were', async () => {
    const counted = 'Buffer.__sf(0);\nexports.sum = (list) => { Buffer.__sf(1); return list.length === 0 ? (Buffer.__sf(2), 0) : 4; };\n';
    const answer = await worker.run({ patch: [['lib/sum.js', counted]], coverage: 'per-test' });
    expect(answer.coverage).toEqual([
      { test: 'test/later.spec.js > later calls back once', failed: false, hits: [] },
      { test: ADDS, failed: true, hits: [1] },
      { test: NOTHING, failed: false, hits: [1, 2] },
      { test: 'test/sum.spec.js > sum is a function', failed: false, hits: [] },
      { test: '', failed: false, hits: [0] },
    ]);
    expect(answer.loaded?.map((file) => file.slice(project.root.length + 1)).sort()).toContain('lib/sum.js');
  });
});

describe('what mocha cannot do twice in one process', () => {
  it('refuses test files that are ES modules', async () => {
    const project = makeProject({ 'test/a.mjs': 'it("passes", () => {});\n', '.mocharc.json': '{"spec":"test/*.mjs"}' });
    const { worker, opened } = await WarmWorker.open(project.root, SCRIPT, []);
    expect(opened).toMatchObject({ type: 'broken', error: { message: expect.stringContaining('test/a.mjs is an ES module') } });
    await worker.close();
    project.remove();
  });

  it('says so when the tests end otherwise the second time', async () => {
    const project = makeProject({
      'test/a.js': 'it("is first", () => { if (Symbol.twice) throw new Error("again"); Symbol.twice = true; });\n',
    });
    const { worker } = await WarmWorker.open(project.root, SCRIPT, []);
    const answer = await worker.run();
    expect(answer.unfaithful).toMatch(/twice/);
    await worker.close();
    project.remove();
  });
});
