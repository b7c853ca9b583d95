'use strict';
/** Mocha, versions 1 to 12, from the project's own node_modules: its command line as recorded, its tests again for each candidate. */
const fs = require('node:fs');
const path = require('node:path');
const coverage = require('../coverage.cjs');
const exits = require('../exits.cjs');
const { packageType } = require('../modules.cjs');
const { capture, mochaOf } = require('./mocha-capture.cjs');
const leftovers = require('./leftovers.cjs');
const { MochaModules } = require('./mocha-modules.cjs');
const { plan, agrees, timeLimit } = require('./mocha-plan.cjs');
const { install, pass } = require('./mocha-run.cjs');

exports.name = 'mocha';

/** Ways of running that have no end, or no tests. */
const OTHER_MODES =
  /^(?:-w|--watch|-h|--help|-V|--version|init|inspect|debug|--inspect.*|--debug.*|--list-.*|--dry-run|--interfaces|--reporters)$/;
/** A second pass over the base tells whether passes are repeatable; not worth more than this. */
const REHEARSAL_MS = 1500;

exports.recognises = ({ script, args }) =>
  mochaOf(script) !== undefined && !args.some((arg) => OTHER_MODES.test(arg) || /\.mjs$/.test(arg));

const isModule = (file, root) =>
  file.endsWith('.mjs') || (/\.[jt]sx?$/.test(file) && packageType(path.dirname(file), root + path.sep) === 'module');

exports.open = async (recorded, { root, progress }) => {
  const script = fs.realpathSync(recorded.script);
  leftovers.install();
  const modules = new MochaModules(root);
  const scene = new leftovers.Scene();
  // biome-ignore lint/style/noProcessEnv: Babel's own cache lies in the user's home, and this is how it is told to leave it
  process.env.BABEL_DISABLE_CACHE = '1';
  scene.enter();
  let captured;
  try {
    captured = await capture(mochaOf(script), script, recorded.args);
    scene.keepListeners();
  } finally {
    await scene.leave();
  }
  const esm = captured.files.find((file) => isModule(file, root));
  if (esm) throw new Error(`${path.relative(root, esm)} is an ES module, which cannot be loaded twice`);
  install(captured.Mocha);
  modules.keep();
  modules.wrapLoaders();

  /** By id, from the first complete run. */
  let known = new Map();
  let areFilesIndependent = false;
  let isRepeatable = true;

  async function once(part, { changed, stopAtFirstFailure, testTimeoutMs, measure }) {
    scene.enter();
    exits.arm();
    try {
      modules.prepare(changed);
      const answer = await pass(
        captured,
        { root, progress },
        { ...part, files: part.files ?? captured.files, bail: stopAtFirstFailure, testTimeoutMs, known, measure },
      );
      return { ...answer, loaded: modules.loaded() };
    } finally {
      await scene.leave();
    }
  }

  /** After the first complete run: whether a part of it, and a second time, comes to the same. Only tests that passed are run. */
  async function rehearse({ tests, hasRootHooks }) {
    known = new Map(tests.map(({ id, file, state, ms }) => [id, { file, state, ms: ms ?? 0 }]));
    modules.wrapLoaders();
    const passed = tests.filter(({ state }) => state === 'passed');
    const failing = new Set(tests.filter(({ state }) => state === 'failed').map(({ file }) => file));
    const rerun = async (files) => {
      const among = passed.filter(({ file }) => files === undefined || files.includes(file));
      if (among.length === 0 || among.reduce((sum, { ms }) => sum + (ms ?? 0), 0) > REHEARSAL_MS) return true;
      const again = await once(
        { files, tests: new Set(among.map(({ id }) => id)) },
        { changed: [], stopAtFirstFailure: false, measure: false },
      );
      return !again.error && again.tests.length >= among.length && agrees(known, again.tests);
    };
    const part = captured.files.filter((file) => failing.has(file));
    areFilesIndependent = !hasRootHooks && part.length > 0 && part.length < captured.files.length && (await rerun(part));
    if (!areFilesIndependent) isRepeatable = await rerun(undefined);
  }

  async function run({ changed, only, stopAtFirstFailure, testTimeoutMs, coverage: kind }) {
    const measure = kind !== undefined;
    const part = plan({ only, known, files: captured.files, areFilesIndependent });
    if (measure) coverage.start();
    const limit = testTimeoutMs ?? (stopAtFirstFailure ? timeLimit(known) : undefined);
    const { tests, error, hasRootHooks, loaded } = await once(part, { changed, stopAtFirstFailure, testTimeoutMs: limit, measure });
    const hits = measure ? coverage.finish(error !== undefined) : undefined;
    if (!part.tests && !part.files && !stopAtFirstFailure && !error) {
      scene.keepGlobals();
      if (known.size === 0) await rehearse({ tests, hasRootHooks });
    }
    return {
      tests: tests.map(({ file, ...test }) => test),
      ...(error && { error }),
      ...(hits && { coverage: hits, loaded }),
      ...(!isRepeatable && { unfaithful: 'its tests end otherwise when they run twice in one process', retire: true }),
    };
  }

  return { run };
};
