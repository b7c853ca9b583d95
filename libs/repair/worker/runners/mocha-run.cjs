'use strict';
/** One pass of mocha over some files, in this process. */
const vm = require('node:vm');
const coverage = require('../coverage.cjs');
const { toTestError } = require('../errors.cjs');
const exits = require('../exits.cjs');
const { testId, numbering } = require('../test-id.cjs');
const { create } = require('./mocha-capture.cjs');
const leftovers = require('./leftovers.cjs');

const LOAD_MS = 20_000;
const SLACK_MS = 100;

const bootstrap = new vm.Script('Buffer.__sfTest()', { filename: 'selfheal' });
let work = () => undefined;
Object.defineProperty(Buffer, '__sfTest', { value: () => work(), configurable: true });

/** Runs something that may loop for ever. Throws V8's own error when it takes longer than `ms`. */
function limited(ms, what) {
  work = what;
  return bootstrap.runInThisContext({ timeout: ms, displayErrors: false });
}
const isCut = (error) => error?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
const isTimeout = (error) => error?.code === 'ERR_MOCHA_TIMEOUT' || /^timeout of \d+ms exceeded/i.test(error?.message ?? '');

/** The runnable that is waited for, and what the present pass allows it. */
let waiting;
let limitOf = (runnable) => runnable.timeout();

/** Once per worker: mocha's runnables wait without keeping the process alive, and are cut when they never return. */
exports.install = ({ Runnable }) => {
  const { run, resetTimeout } = Runnable.prototype;
  Runnable.prototype.resetTimeout = function (...args) {
    Reflect.apply(resetTimeout, this, args);
    waiting = this;
    leftovers.release(this.timer);
  };
  Runnable.prototype.run = function (done) {
    waiting = undefined;
    try {
      return limited(limitOf(this) + SLACK_MS, () => Reflect.apply(run, this, [done]));
    } catch (error) {
      if (!isCut(error)) throw error;
      giveUp(this);
    }
  };
};

/** Fails a runnable as its own timeout would. */
function giveUp(runnable) {
  const ms = runnable.timeout();
  waiting = undefined;
  runnable.clearTimeout();
  runnable.callback(Object.assign(new Error(`Timeout of ${ms}ms exceeded.`), { code: 'ERR_MOCHA_TIMEOUT' }));
  runnable.timedOut = true;
}

/** Hooks carry no file: their suite does, or one above it. */
function fileOf(runnable) {
  for (let at = runnable; at; at = at.parent) if (typeof at.file === 'string') return at.file;
  return '';
}

const firstTest = (suite) => suite.tests[0] ?? suite.suites.map(firstTest).find(Boolean);

function eachSuite(suite, visit) {
  visit(suite);
  for (const child of suite.suites) eachSuite(child, visit);
}

/** How long a test that was not seen to pass may take for all we know: other tests' times say little about it. */
const UNKNOWN_MS = 1000;

/** A test's own, larger limit stands, unless the test was seen to pass well within the one asked for. */
function allow(runnable, { limit: asked, usual, isKnown }) {
  const limit = isKnown ? asked : Math.max(asked, UNKNOWN_MS);
  const own = runnable._enableTimeouts === false ? 0 : runnable.timeout();
  if (own !== 0 && own < limit) return;
  if (!isKnown && own !== usual) return;
  if (runnable._enableTimeouts === false) runnable._enableTimeouts = true;
  runnable.timeout(limit);
}

const HOOKS = ['_beforeAll', '_beforeEach', '_afterAll', '_afterEach'];

/**
 * @param {object} captured of mocha-capture
 * @param {{root: string, progress: (id?: string) => void}} context
 * @param {{files: readonly string[], tests?: ReadonlySet<string>, bail: boolean, testTimeoutMs?: number,
 *   known: ReadonlyMap<string, {state: string}>, measure: boolean}} part
 * @returns {Promise<{tests: (import('../../src/oracle/oracle.js').TestResult & {file: string})[], error?: object}>}
 */
exports.pass = async (captured, { root, progress }, { files, tests: wanted, bail, testTimeoutMs, known, measure }) => {
  const ids = new Map();
  const results = new Map();
  const number = numbering();
  let failure;
  let isOver = false;
  const nameOf = (runnable) => {
    if (!ids.has(runnable)) ids.set(runnable, number(testId(root, fileOf(runnable), runnable.fullTitle())));
    return ids.get(runnable);
  };
  const tell = (runnable, state, error) => {
    // A test that failed may be told of again: a callback called twice, a late exception.
    if (results.get(runnable)?.state === 'failed') return;
    const told = { id: nameOf(runnable), file: fileOf(runnable), state, ms: runnable.duration };
    if (state === 'failed') told.error = { ...toTestError(error), ...(isTimeout(error) && { name: 'TimeoutError' }) };
    results.set(runnable, told);
  };

  function Reporter(runner) {
    runner.on('start', () => prepare(runner.suite));
    runner.on('test', (test) => {
      progress(nameOf(test));
      if (measure) coverage.begin(nameOf(test));
    });
    runner.on('test end', (test) => measure && coverage.end(test.state === 'failed'));
    runner.on('hook', (hook) => {
      progress();
      const next = measure && hook.parent && /before all/.test(hook.title) && firstTest(hook.parent);
      if (next) coverage.begin(nameOf(next));
    });
    runner.on('hook end', (hook) => measure && /before all/.test(hook.title) && coverage.end(false));
    runner.on('pass', (test) => tell(test, 'passed'));
    runner.on('fail', (test, error) => tell(test, 'failed', error));
    runner.on('pending', (test) => tell(test, 'skipped'));
  }

  function prepare(suite) {
    suite.eachTest(nameOf);
    const usual = suite.timeout();
    eachSuite(suite, (each) => {
      if (wanted) each.tests = each.tests.filter((test) => wanted.has(nameOf(test)));
      if (testTimeoutMs === undefined) return;
      for (const test of each.tests) allow(test, { limit: testTimeoutMs, usual, isKnown: known.get(nameOf(test))?.state === 'passed' });
    });
  }

  const mocha = create(captured, { bail, Reporter });
  limitOf = (runnable) => (runnable._enableTimeouts === false ? 0 : runnable.timeout()) || LOAD_MS;
  waiting = undefined;
  const fail = (error) => {
    failure ??= error;
  };
  process.on('uncaughtException', (error) => {
    if (!isRunning) fail(error);
  });
  let isRunning = false;
  let finish;
  const ended = new Promise((done) => {
    finish = done;
  });
  process.on('beforeExit', () => {
    if (isOver) return;
    // Nothing is left that could call back: the test that waits would wait until its timeout, in vain.
    if (waiting?.timer && leftovers.hasUnheldTimers()) waiting.timer.ref();
    else if (waiting) giveUp(waiting);
    else {
      fail(new Error('mocha ended before its tests'));
      finish();
    }
  });
  process.channel?.unref();
  try {
    mocha.files = [...files];
    limited(LOAD_MS, () => mocha.loadFiles());
    mocha.files = [];
    progress();
    isRunning = true;
    mocha.run(() => {
      isRunning = false;
      finish();
    });
    await ended;
  } catch (error) {
    fail(error);
  } finally {
    isOver = true;
    isRunning = false;
    process.channel?.ref();
  }
  failure ??= exits.called();
  return {
    tests: [...results.values()],
    ...(failure && { error: toTestError(failure) }),
    hasRootHooks: HOOKS.some((kind) => mocha.suite[kind]?.length > 0),
  };
};
