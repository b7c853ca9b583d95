import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openScriptCase, type ScriptCase } from './testing/script-case.js';

const SUBJECT = 'exports.add = (a, b) => { if (a > 100) { return a + b; } return a - b; };\n';
const fixed = SUBJECT.replace('a - b', 'a + b');
const TEST = `const assert = require('node:assert');
const { add } = require('./subject');
assert.equal(add(2, 0), 2);
assert.equal(add(1, 1), 2);
assert.equal(add(101, 1), 102);
assert.equal(Object.keys({}.__proto__).length, 0);
assert.equal(globalThis.leak, undefined);
`;
/** Processes whose working directory is in one of the roots. */
const processesIn = (roots: readonly string[]): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return roots.some((root) => environment.includes(root));
      } catch {
        return false;
      }
    });

describe('warm workers for a plain script', () => {
  let one: ScriptCase;
  beforeAll(async () => {
    one = await openScriptCase({ 'test.js': TEST, 'subject.js': SUBJECT }, 'test.js');
  }, 30_000);
  afterAll(() => one.close());
  const run = (subject: string, stop?: boolean) => one.run('subject.js', subject, stop);
  const inAdd = (code: string) => fixed.replace('=> {', `=> { ${code};`);

  it('makes each assertion a test', () => {
    expect(one.fallBack).toBeUndefined();
    expect(one.oracle.name).toBe('script (warm)');
    const states = one.oracle.base.tests.map(({ id, state }) => `${id} ${state}`);
    expect(states).toEqual(['test.js:3 passed', 'test.js:4 failed', 'test.js:5 passed', 'test.js:6 passed', 'test.js:7 passed']);
    expect(one.oracle.base.tests[1]?.error).toMatchObject({ name: 'AssertionError', expected: '2', actual: '0' });
  });

  it('knows which statements each of them executed', () => {
    const textOf = (line: number) => {
      const entry = one.oracle.coverage.find(({ test }) => test === `test.js:${line}`);
      return (entry?.files.get('subject.js') ?? []).map(([start, end]) => SUBJECT.slice(start, end)).join('|');
    };
    expect(textOf(4)).toContain('return a - b;');
    expect(textOf(4)).not.toContain('return a + b;');
    expect(textOf(5)).toContain('return a + b;');
    expect(textOf(5)).not.toContain('return a - b;');
    expect(one.oracle.coverage.find(({ failed }) => failed)?.test).toBe('test.js:4');
    expect(one.oracle.coverage.some(({ files }) => files.has('test.js'))).toBe(false);
  });

  it('passes the right candidate and stops a wrong one at its first failure', async () => {
    expect((await run(fixed)).outcome).toBe('passed');
    const wrong = SUBJECT.replaceAll(/a [+-] b/g, '0');
    expect((await run(wrong)).tests.map(({ id }) => id)).toEqual(['test.js:3']);
    expect((await run(wrong, false)).tests.filter(({ state }) => state === 'failed').map(({ id }) => id)).toEqual([
      'test.js:3',
      'test.js:4',
      'test.js:5',
    ]);
  });

  it('stops an endless loop without losing the worker', async () => {
    expect((await run(inAdd('while (true) {}'))).outcome).toBe('timeout');
    expect((await run(fixed)).outcome).toBe('passed');
  });

  it('survives promises that never let the event loop turn', async () => {
    expect((await run(`${fixed}(function again() { Promise.resolve().then(again); })();`)).outcome).toBe('timeout');
    expect((await run(fixed)).outcome).toBe('passed');
  });

  it('survives exhausted memory', async () => {
    const bomb = inAdd('const all = []; for (;;) all.push(new Array(1e6).fill(a))');
    expect(['crashed', 'timeout']).toContain((await run(bomb)).outcome);
    expect((await run(fixed)).outcome).toBe('passed');
  }, 20_000);

  it('takes an exit for what it says', async () => {
    expect((await run(inAdd('process.exit(3)'))).outcome).toBe('failed');
    expect((await run(inAdd('process.exit(0)'))).outcome).toBe('passed');
    expect((await run(inAdd('try { process.exit(2) } catch {}'))).outcome).toBe('failed');
    expect((await run(inAdd('process.exitCode = 1'))).outcome).toBe('failed');
    expect((await run(inAdd('process.abort()'))).outcome).toBe('crashed');
    expect((await run(fixed)).outcome).toBe('passed');
  });

  it('survives a candidate that kills its process', async () => {
    expect((await run(inAdd("process.kill(process.pid, 'SIGKILL')"))).outcome).toBe('crashed');
    expect((await run(fixed)).outcome).toBe('passed');
  });

  it('gives the next candidate the files back', async () => {
    await run(`require('fs').rmSync(require('path').join(__dirname, 'test.js'));\n${SUBJECT}`);
    expect((await run(fixed)).outcome).toBe('passed');
    await run(`require('fs').writeFileSync(__filename, 'exports.add = null');\n${SUBJECT}`);
    expect((await run(fixed)).outcome).toBe('passed');
  });

  it('keeps prototypes, globals, builtins and timers of one from the next', async () => {
    expect((await run(`Object.prototype.leak = 1; ${fixed}`)).outcome).toBe('failed');
    expect((await run(`globalThis.leak = 1; ${fixed}`)).outcome).toBe('failed');
    expect((await run(`require('node:assert').equal = () => {}; Array.prototype.map = null; ${SUBJECT}`)).outcome).toBe('passed');
    expect((await run(`setInterval(() => { throw new Error('late') }, 1); ${SUBJECT}`)).outcome).toBe('failed');
    expect((await run(SUBJECT)).outcome).toBe('failed');
    expect((await run(fixed)).outcome).toBe('passed');
  });

  it('hears of rejections and late errors', async () => {
    expect((await run(`${fixed}; Promise.reject(new Error('nobody'))`)).error?.message).toBe('nobody');
    expect((await run(`${fixed}; setTimeout(() => { throw new Error('late') }, 5)`)).error?.message).toBe('late');
  });

  it('tells the place of a syntax error', async () => {
    const { outcome, error } = await run('exports.add = (a, b => a;');
    expect(outcome).toBe('failed');
    expect(error?.name).toBe('SyntaxError');
    expect(error?.stack).toMatch(/subject\.js:1/);
  });

  it('rejects when the signal fires, and works on', async () => {
    const stop = new AbortController();
    const late = one.oracle.run(new Map([['subject.js', inAdd('while (true) {}')]]), { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(late).rejects.toThrow('enough');
    expect((await run(fixed)).outcome).toBe('passed');
  });
});

describe('opening', () => {
  it('heals a script that is its own test', async () => {
    const text =
      "const assert = require('assert');\nfunction twice(n) { return n * 3; }\nassert.equal(twice(0), 0);\nassert.equal(twice(1), 2);\n";
    const one = await openScriptCase({ 'all.js': text }, 'all.js');
    try {
      expect(one.oracle.base.tests.map(({ id, state }) => `${id} ${state}`)).toEqual(['all.js:3 passed', 'all.js:4 failed']);
      expect(one.oracle.coverage[0]?.files.has('all.js')).toBe(true);
      expect((await one.run('all.js', text.replace('n * 3', 'n * 2'))).outcome).toBe('passed');
    } finally {
      await one.close();
    }
  }, 20_000);

  it('replays ES modules', async () => {
    const test =
      "import assert from 'node:assert';\nimport { pathToFileURL } from 'node:url';\nimport { add } from './subject.mjs';\nassert.equal(import.meta.url, pathToFileURL(process.argv[1]).href);\nassert.equal(await add(1, 1), 2);\n";
    const subject = 'export const add = async (a, b) => a - b;\n';
    const one = await openScriptCase({ 'test.mjs': test, 'subject.mjs': subject }, 'test.mjs', {
      recording: { coverage: [{ test: '', failed: true, files: new Map([['subject.mjs', [[0, subject.length]]]]) }] },
    });
    try {
      expect(one.fallBack).toBeUndefined();
      expect(one.oracle.base.tests.map(({ id, state }) => `${id} ${state}`)).toEqual(['test.mjs:4 passed', 'test.mjs:5 failed']);
      expect((await one.run('subject.mjs', subject.replace('a - b', 'a + b'))).outcome).toBe('passed');
      expect((await one.run('subject.mjs', subject.replace('a - b', 'a * b'))).outcome).toBe('failed');
      expect((await one.run('subject.mjs', subject.replace('a - b', 'a - -b'))).outcome).toBe('passed');
      expect(one.oracle.coverage.find(({ test: id }) => id === 'test.mjs:5')?.files.has('subject.mjs')).toBe(true);
    } finally {
      await one.close();
    }
  }, 20_000);

  it('falls back when the replay names another failing test than the command did', async () => {
    const one = await openScriptCase({ 'test.js': TEST, 'subject.js': SUBJECT }, 'test.js', {
      recording: { run: { outcome: 'failed', tests: [{ id: 'test.js:5', state: 'failed' }], ms: 50 } },
    });
    expect(one.fallBack).toMatch(/test\.js:5/);
    await one.close();
  }, 20_000);

  it('falls back when the replay passes, when the process is a tool, and for node:test', async () => {
    const passes = await openScriptCase({ 'test.js': "require('assert')(true)" }, 'test.js');
    expect(passes.fallBack).toMatch(/does not say what the command said/);
    await passes.close();
    const tool = await openScriptCase({ 'node_modules/x/cli.js': 'process.exit(1)' }, 'node_modules/x/cli.js');
    expect(tool.fallBack).toMatch(/no warm runner/);
    await tool.close();
    const runner = await openScriptCase({ 'test.js': "require('node:test')('x', () => { throw new Error('no') })" }, 'test.js');
    expect(runner.fallBack).toBeDefined();
    expect(runner.oracle.name).toBe('command');
    await runner.close();
  }, 30_000);

  it('leaves no process and no folder behind', async () => {
    const one = await openScriptCase({ 'test.js': TEST, 'subject.js': SUBJECT }, 'test.js', { workers: 2 });
    const endless = one.run('subject.js', `(function again() { Promise.resolve().then(again); })();${SUBJECT}`);
    const child = await one.run('subject.js', `require('child_process').spawn('sleep', ['600'], { stdio: 'ignore' });${SUBJECT}`);
    expect(child.outcome).not.toBe('passed');
    await one.close();
    expect((await endless).outcome).not.toBe('passed');
    expect(processesIn(one.roots)).toEqual([]);
    expect(one.roots.filter((root) => existsSync(root))).toEqual([]);
  }, 20_000);

  it('ends with the signal', async () => {
    const stop = new AbortController();
    const one = await openScriptCase({ 'test.js': TEST, 'subject.js': SUBJECT }, 'test.js', { signal: stop.signal });
    stop.abort();
    await one.close();
    expect(processesIn(one.roots)).toEqual([]);
  }, 20_000);
});
