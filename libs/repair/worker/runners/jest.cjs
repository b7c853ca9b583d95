'use strict';
/** Jest 22 to 30, from the project's own node_modules: its runner again and again over the files that its command line chose. */
const fs = require('node:fs');
const coverage = require('../coverage.cjs');
const exits = require('../exits.cjs');
const { capture, jestOf, prune } = require('./jest-capture.cjs');
const { pass, withSetup } = require('./jest-run.cjs');
const leftovers = require('./leftovers.cjs');
const { plan } = require('./jest-plan.cjs');
const { timeLimit } = require('./mocha-plan.cjs');

exports.name = 'jest';

/** So many runs may leave their files in the cache. */
const RUNS_KEPT = 200;

/** Ways of running that have no end, or no tests. */
const OTHER_MODES =
  /^(?:-h|--help|-v|--version|--init|--listTests|--showConfig|--clearCache|--watch(?:All)?(?:=true)?|--detect\w+|--shard.*)$/;

exports.recognises = ({ script, args }) => jestOf(script) !== undefined && !args.some((arg) => OTHER_MODES.test(arg));

/** The same limit holds for tests that the base fails, of which nothing is known, and for hooks. */
const limitOf = (known) => (known.size === 0 ? undefined : Math.max(1000, timeLimit(known)));

exports.open = async (recorded, { root, progress }) => {
  const script = fs.realpathSync(recorded.script);
  leftovers.install();
  const scene = new leftovers.Scene();
  scene.enter();
  let captured;
  try {
    captured = await capture(jestOf(script), script, recorded.args);
    scene.keepListeners();
  } finally {
    await scene.leave();
  }
  const prepared = withSetup(captured);
  /** By id, from the first complete run. */
  let known = new Map();
  /** Jest keeps compiled files by their time of change, which two candidates may share. */
  let clock = Math.floor(Date.now() / 1000);

  let runs = 0;
  let wholeAt;

  function touch(file) {
    clock++;
    try {
      fs.utimesSync(file, clock, clock);
    } catch {
      // The candidate has deleted it.
    }
  }

  async function run({ changed, only, stopAtFirstFailure, testTimeoutMs, coverage: kind }) {
    const measure = kind !== undefined;
    const { files, titles } = plan({ only, known, root, files: prepared.map(({ test }) => test.path) });
    changed.forEach(touch);
    const isWhole = files === undefined && titles === undefined;
    if (++runs % RUNS_KEPT === 0 && wholeAt !== undefined) prune(captured.cache, wholeAt);
    if (measure) coverage.start();
    scene.enter();
    exits.arm();
    let answer;
    try {
      answer = await pass(
        captured,
        { root, progress },
        {
          prepared: files ? prepared.filter(({ test }) => files.includes(test.path)) : prepared,
          titles,
          bail: stopAtFirstFailure,
          testTimeoutMs: testTimeoutMs ?? (stopAtFirstFailure ? limitOf(known) : undefined),
          measure,
        },
      );
    } finally {
      await scene.leave();
    }
    const { error } = answer;
    // Jest tells of the tests that it was not asked for, as skipped.
    const tests = answer.tests.filter(({ state, title }) => titles === undefined || state !== 'skipped' || titles.includes(title));
    if (isWhole && !stopAtFirstFailure && !error) {
      scene.keepGlobals();
      wholeAt ??= Date.now();
      if (known.size === 0) known = new Map(tests.map(({ id, file, state, ms }) => [id, { file, state, ms: ms ?? 0 }]));
    }
    const failed = new Set(tests.filter(({ state }) => state === 'failed').map(({ id }) => id));
    const hits = measure
      ? coverage.finish(error !== undefined).map((one) => ({ ...one, failed: failed.has(one.test) || one.failed }))
      : undefined;
    const told = tests.map(({ file, title, ...test }) => test);
    return { tests: told, ...(error && { error }), ...(hits && { coverage: hits }) };
  }

  return { run };
};
