'use strict';
/** One pass of jest's runner over some of the captured test files, in this process. */
const path = require('node:path');
const coverage = require('../coverage.cjs');
const { toTestError } = require('../errors.cjs');
const exits = require('../exits.cjs');
const { testId } = require('../test-id.cjs');
const { resultsOf, unloaded } = require('./jest-results.cjs');

const SETUP = path.join(__dirname, 'jest-setup.cjs');
const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The project's configuration with our set-up in it. One copy for all runs: jest's caches go by it. */
exports.withSetup = ({ tests, major }) => {
  const contexts = new Map();
  return tests.map((test) => {
    let context = contexts.get(test.context);
    if (!context) {
      const { config } = test.context;
      const ours =
        major >= 24 ? { setupFilesAfterEnv: [SETUP, ...(config.setupFilesAfterEnv ?? [])] } : { setupTestFrameworkScriptFile: SETUP };
      context = {
        own: major >= 24 ? undefined : (config.setupTestFrameworkScriptFile ?? undefined),
        value: { ...test.context, config: Object.freeze({ ...config, ...ours }) },
      };
      contexts.set(test.context, context);
    }
    return { own: context.own, test: { ...test, context: context.value } };
  });
};

/**
 * @param {object} captured of jest-capture
 * @param {{root: string, progress: (id?: string) => void}} context
 * @param {{prepared: {own?: string, test: any}[], titles?: readonly string[], bail: boolean, testTimeoutMs?: number, measure: boolean}} part
 * @returns {Promise<{tests: object[], error?: object}>}
 */
exports.pass = async (captured, { root, progress }, { prepared, titles, bail, testTimeoutMs, measure }) => {
  const { TestRunner, watcher } = captured;
  const globalConfig = Object.freeze({
    ...captured.globalConfig,
    bail: captured.major >= 24 ? 0 : false,
    collectCoverage: false,
    silent: true,
    verbose: false,
    ...(titles && { testNamePattern: `^(?:${titles.map(escaped).join('|')})$` }),
  });
  const tests = [];
  let error;
  const take = (told) => {
    tests.push(...told.tests);
    error ??= told.error;
  };
  const one = async ({ own, test }) => {
    Object.defineProperty(Buffer, '__sfJest', {
      configurable: true,
      value: {
        timeoutMs: testTimeoutMs,
        own,
        ...(measure && { begin: (file, title) => coverage.begin(testId(root, file ?? test.path, title)), end: () => coverage.end(false) }),
      },
    });
    const runner = new TestRunner(globalConfig, captured.context ?? {});
    const onResult = (result) => take(resultsOf(root, result));
    const onFailure = (failure) => take(unloaded(root, path.resolve(test.path), failure));
    if (TestRunner.prototype.runTests.length > 3) {
      await runner.runTests(
        [test],
        watcher,
        async () => undefined,
        async (_test, result) => onResult(result),
        async (_test, failure) => onFailure(failure),
        { serial: true },
      );
    } else {
      runner.on('test-file-success', ([, result]) => onResult(result));
      runner.on('test-file-failure', ([, failure]) => onFailure(failure));
      runner.on('test-case-result', () => progress());
      await runner.runTests([test], watcher, { serial: true });
    }
  };
  process.on('uncaughtException', (failure) => {
    error ??= toTestError(failure);
  });
  for (const each of prepared) {
    progress();
    const before = tests.length;
    await Promise.race([one(each), exited()]);
    if (exits.called()) error ??= toTestError(exits.called());
    if (error || (bail && tests.slice(before).some(({ state }) => state === 'failed'))) break;
  }
  return { tests, ...(error && { error }) };
};

/** Resolves when code under test has called `process.exit`: what would come after it must not count. */
async function exited() {
  while (!exits.called()) {
    await new Promise((done) => {
      setTimeout(done, 25).unref();
    });
  }
}
