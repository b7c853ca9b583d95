'use strict';
/**
 * A plain script, `node test.js …`: its assertions are its tests (assertions.cjs), its exit code is its verdict. The script
 * and every module of the sandbox are evaluated afresh for each candidate, in the worker's own context, under V8's own time
 * limit, so that an endless loop costs its budget and not the worker.
 */
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const vm = require('node:vm');
const assertions = require('../assertions.cjs');
const coverage = require('../coverage.cjs');
const { toTestError } = require('../errors.cjs');
const exits = require('../exits.cjs');
const { snapshotGlobals } = require('../globals.cjs');
const { SandboxModules, packageType } = require('../modules.cjs');
const settle = require('../settle.cjs');
const strays = require('../strays.cjs');
const versions = require('../versions.cjs');

exports.name = 'script';

/** Options of Node that only this runner's reader could act on; the worker is started with all the others. */
const OTHER_MODES = /^(?:--test|--watch|-c$|--check|-e$|--eval|-p$|--print|-i$|--interactive|--run|--build-sea|--inspect-brk)/;

exports.recognises = ({ script, execArgv, env }) =>
  /\.[cm]?js$/.test(script) &&
  !script.split(/[\\/]/).includes('node_modules') &&
  !execArgv.some((option) => OTHER_MODES.test(option)) &&
  !/--test|--watch/.test(env.NODE_OPTIONS ?? '');

exports.open = async (recorded, { root, progress }) => {
  const script = fs.realpathSync(recorded.script);
  const isEsm = script.endsWith('.mjs') || (script.endsWith('.js') && packageType(path.dirname(script), root + path.sep) === 'module');
  const argv = [process.execPath, script, ...recorded.args];
  const execArgv = [...recorded.execArgv];
  const cwd = process.cwd();
  const prefix = `${path.relative(root, script).split(path.sep).join('/')}:`;

  // Everything of our own first: what comes after the snapshot is the candidate's.
  let evaluate = () => undefined;
  Object.defineProperty(Buffer, '__sfRun', { value: () => evaluate() });
  const bootstrap = new vm.Script('Buffer.__sfRun()', { filename: 'selfheal' });
  assertions.install();
  silence();
  settle.install();
  process.argv = argv;
  process.execArgv = execArgv;
  process.exitCode = undefined;
  const snapshot = snapshotGlobals();
  const listeners = new Map(process.eventNames().map((event) => [event, new Set(process.rawListeners(event))]));
  let unsupported;
  const modules = new SandboxModules(root, (builtin, exported) => {
    if (/^(?:node:)?test(?:\/|$)/.test(builtin)) unsupported ??= builtin;
    snapshot.add(exported);
    snapshot.add(exported?.promises);
  });
  snapshot.add(require('node:timers'));
  if (isEsm) versions.install(modules);
  settle.baseline();

  /** Calls `action` under V8's own time limit. @throws what it throws, or ERR_SCRIPT_EXECUTION_TIMEOUT */
  function limited(action, timeout) {
    evaluate = action;
    return bootstrap.runInThisContext({ timeout, displayErrors: false });
  }

  /** Evaluates the script to the end of its timers and promises. */
  async function evaluateAll(budget) {
    const deadline = performance.now() + budget;
    let failure;
    const fail = (error) => {
      if (!exits.isExit(error)) failure ??= { error };
    };
    const isOver = () => failure !== undefined || exits.called() !== undefined;
    strays.listen(fail);
    try {
      if (isEsm) {
        let isLoaded = false;
        const loading = limited(() => versions.importFresh(script), budget);
        loading.catch(fail).finally(() => {
          isLoaded = true;
        });
        // The loader's own work keeps the process alive in ways that are not listed; a top-level await may never end.
        for (let idle = 0; !isLoaded && !isOver() && idle < 50 && performance.now() < deadline; idle++)
          await settle.settled(deadline, () => isLoaded || isOver());
      } else limited(() => Module._load(script, null, true), budget);
      if (!isOver()) await settle.settled(deadline, isOver);
      for (const event of isOver() ? ['exit'] : ['beforeExit', 'exit']) {
        for (const listener of process.rawListeners(event)) {
          if (!listeners.get(event)?.has(listener)) limited(() => Reflect.apply(listener, process, [process.exitCode ?? 0]), budget);
        }
      }
    } catch (error) {
      fail(error);
    }
    strays.listen(undefined);
    const isStopped = failure?.error?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    return { failure, isStopped, isLate: isStopped || (!failure && performance.now() > deadline) };
  }

  async function run({ changed, stopAtFirstFailure, budgetMs = 60_000, coverage: kind }, isRepeat = false) {
    const cpu = process.cpuUsage();
    modules.changed(changed);
    modules.forget();
    exits.arm();
    const rethrow = stopAtFirstFailure;
    assertions.start({ prefix, rethrow, coverage: kind !== undefined });
    if (kind) coverage.start({ carry: true });
    const { failure, isStopped, isLate } = await evaluateAll(budgetMs);
    const exitCode = Number(process.exitCode ?? 0);
    // First of all: the code below, too, uses what the candidate may have changed.
    snapshot.restore();
    const answer = verdict({ failure, isLate, rethrow, budgetMs, exit: exits.called(), exitCode });
    if (isStopped && answer.outcome === 'timeout' && !isRepeat && budgetMs <= REPEATED_MS && isStarved(cpu, budgetMs)) {
      await clean(answer);
      progress();
      return answer.retire ? answer : run({ changed: [], stopAtFirstFailure, budgetMs: budgetMs * 3, coverage: kind }, true);
    }
    if (kind) {
      answer.loaded = modules.loaded();
      answer.coverage = coverage.finish(answer.error !== undefined);
    }
    if (unsupported) answer.unfaithful = `it uses ${unsupported}, which runs after the script`;
    await clean(answer);
    return answer;
  }

  /** Puts the process back as it was before the run. */
  async function clean(answer) {
    for (const event of process.eventNames()) {
      for (const listener of process.rawListeners(event)) if (!listeners.get(event)?.has(listener)) process.removeListener(event, listener);
    }
    argv.splice(0, argv.length, process.execPath, script, ...recorded.args);
    execArgv.splice(0, execArgv.length, ...recorded.execArgv);
    process.exitCode = undefined;
    if (process.cwd() !== cwd) process.chdir(cwd);
    if (!(await settle.clear())) answer.retire = true;
  }

  return { indivisible: true, run };
};

/** Longer limits have room for a busy machine. */
const REPEATED_MS = 2000;

/** Whether the time was up because other processes had the cores, not because the script needed it. */
function isStarved(since, budgetMs) {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000 < budgetMs * 0.35;
}

/** What the run says. An exit ends a process, whatever the code does after it; an assertion's error is told once. */
function verdict({ failure, isLate, rethrow, budgetMs, exit, exitCode }) {
  if (!exit && isLate) {
    const error = Object.assign(new Error(`did not end within ${Math.round(budgetMs)} ms`), { name: 'TimeoutError' });
    const isInside = assertions.isOpen();
    assertions.interrupt(error);
    return { tests: assertions.finish(), error: isInside ? undefined : toTestError(error), passed: false, outcome: 'timeout' };
  }
  const tests = assertions.finish();
  const failed = tests.filter((test) => test.state === 'failed');
  const code = exit ? exit.code : exitCode;
  if (exit?.how === 'process.abort') return { tests, error: toTestError(exit), passed: false, outcome: 'crashed' };
  if ((exit || !failure) && code === 0) {
    // With failures let through, what the script swallowed it expected.
    if (rethrow || failed.length === 0) return { tests: tests.map(({ id }) => ({ id, state: 'passed' })), passed: true };
    return { tests, passed: false };
  }
  const error = failure && !exit ? toTestError(failure.error) : { name: 'ExitCode', message: `exit code ${code}`, stack: '' };
  const isTold = failed.some((test) => test.error.name === error.name && test.error.message === error.message);
  return { tests, error: isTold ? undefined : error, passed: false };
}

/** Nobody reads a candidate's output, and formatting it takes longer than most scripts. */
function silence() {
  const nothing = () => undefined;
  for (const name of [
    'log',
    'info',
    'debug',
    'warn',
    'error',
    'trace',
    'dir',
    'dirxml',
    'table',
    'assert',
    'group',
    'groupCollapsed',
    'groupEnd',
    'time',
    'timeEnd',
    'timeLog',
    'count',
    'countReset',
  ])
    console[name] = nothing;
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (_chunk, encoding, callback) => {
      const done = typeof encoding === 'function' ? encoding : callback;
      if (typeof done === 'function') process.nextTick(done);
      return true;
    };
  }
}
