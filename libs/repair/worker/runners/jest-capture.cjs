'use strict';
/**
 * Jest's own command line, run in this process up to the point where it hands the test files to its runner: options,
 * configuration, haste map and global set-up are the version's own, done once. What it was about to run is kept.
 */
const fs = require('node:fs');
const { createRequire } = require('node:module');
const os = require('node:os');
const path = require('node:path');
const exits = require('../exits.cjs');

const WAIT_MS = 60_000;
const CACHE = 'selfheal-jest-';

/** The folder of jest that a script lies in, or undefined. */
exports.jestOf = (script) => /^(.*[\\/]node_modules[\\/]jest(?:-cli)?)[\\/]bin[\\/]jest\.js$/.exec(script)?.[1];

/** Jest's runner class as its command line will load it. */
function loadRunner(home) {
  const from = createRequire(path.join(home, 'package.json'));
  const next = (require, name) => {
    try {
      return createRequire(require.resolve(`${name}/package.json`));
    } catch {
      return require;
    }
  };
  const core = next(next(from, 'jest-cli'), '@jest/core');
  const major = Number(core('./package.json').version.split('.')[0]);
  if (!(major >= 22 && major <= 30)) throw new Error(`jest ${major} is not known`);
  const loaded = core('jest-runner');
  return { major, TestRunner: loaded.default ?? loaded };
}

/** A place for transformed files: not the user's cache, and not in the sandbox, whose every change is looked into. */
function ownCache() {
  for (const name of fs.readdirSync(os.tmpdir())) {
    if (name.startsWith(CACHE) && !isAlive(Number(name.slice(CACHE.length))))
      fs.rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
  const folder = path.join(os.tmpdir(), `${CACHE}${process.pid}`);
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The recorded arguments with our own cache directory in place of another. */
function withCache(args, folder) {
  const kept = args.filter((arg, i) => !/^--cache-?[dD]irectory(=|$)/.test(arg) && !/^--cache-?[dD]irectory$/.test(args[i - 1] ?? ''));
  const end = kept.indexOf('--');
  kept.splice(end < 0 ? kept.length : end, 0, `--cacheDirectory=${folder}`);
  return kept;
}

/**
 * @param {string} home folder of jest or jest-cli, real path
 * @param {string} script argv[1], real path
 * @param {readonly string[]} args
 * @returns {Promise<{cache: string, TestRunner: any, globalConfig: any, context: any, tests: any[], watcher: any, major: number}>} rejects with why not
 */
exports.capture = async (home, script, args) => {
  const { TestRunner, major } = loadRunner(home);
  const { runTests } = TestRunner.prototype;
  const { stdout, stderr } = process;
  const writers = [stdout.write, stderr.write];
  let found;
  TestRunner.prototype.runTests = function (tests, watcher) {
    found = { cache, TestRunner, major, globalConfig: this._globalConfig, context: this._context, tests, watcher };
    // The command line waits for its results for ever.
    return new Promise(() => undefined);
  };
  const cache = ownCache();
  process.argv = [process.execPath, script, ...withCache(args, cache)];
  exits.arm();
  try {
    require(script);
    const until = performance.now() + WAIT_MS;
    while (!found) {
      if (exits.called() || performance.now() > until) throw new Error('jest did not come to run its tests');
      await new Promise((done) => setTimeout(done, 2));
    }
  } finally {
    TestRunner.prototype.runTests = runTests;
    // Its reporters have put themselves before both.
    [stdout.write, stderr.write] = writers;
  }
  return found;
};

/** Jest writes down what it made of each candidate: thousands of files that nobody reads again. @param {number} since ms, those of the base are older */
exports.prune = (folder, since) => {
  for (const entry of fs.readdirSync(folder, { recursive: true })) {
    const file = path.join(folder, String(entry));
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (stat?.isFile() && stat.mtimeMs > since) fs.rmSync(file, { force: true });
  }
};
