'use strict';
/**
 * Mocha's own command line, run in this process up to the point where it would run the tests: every version parses its
 * options, finds its files and loads `--require` in its own way, and all end in `Mocha.prototype.run`.
 */
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const exits = require('../exits.cjs');

const WAIT_MS = 20_000;

/** The folder of mocha that a script lies in, or undefined. */
exports.mochaOf = (script) => /^(.*[\\/]node_modules[\\/]mocha)[\\/](?:bin|lib[\\/]cli)[\\/][^\\/]+$/.exec(script)?.[1];

/**
 * @param {string} home mocha's folder, real path
 * @param {string} script argv[1], real path
 * @param {readonly string[]} args
 * @returns {Promise<{Mocha: any, options: any, files: string[], suite: any, ui: any}>} rejects with why not
 */
exports.capture = async (home, script, args) => {
  const Mocha = require(['mocha.cjs', 'mocha.js'].map((name) => path.join(home, 'lib', name)).find((file) => fs.existsSync(file)));
  const { run, ui, loadFilesAsync } = Mocha.prototype;
  const found = {};
  Mocha.prototype.ui = function (...args) {
    found.ui = args[0];
    return Reflect.apply(ui, this, args);
  };
  Mocha.prototype.run = function () {
    found.mocha = this;
    return { on: () => undefined, abort: () => undefined };
  };
  if (loadFilesAsync) Mocha.prototype.loadFilesAsync = async () => undefined;
  process.argv = [process.execPath, script, ...args];
  exits.arm();
  try {
    const cli = ['cli.js', 'cli.cjs'].map((name) => path.join(home, 'lib', 'cli', name)).find((file) => fs.existsSync(file));
    if (cli) await (await load(cli)).main([...args]);
    else require(script);
    const until = performance.now() + WAIT_MS;
    while (!found.mocha) {
      if (exits.called() || performance.now() > until) throw new Error('mocha did not come to run its tests');
      await new Promise((done) => setTimeout(done, 2));
    }
  } finally {
    Object.assign(Mocha.prototype, { run, ui }, loadFilesAsync && { loadFilesAsync });
  }
  const { mocha } = found;
  const files = mocha.files.map((file) => path.resolve(file));
  return { Mocha, options: mocha.options, files, suite: mocha.suite, ui: found.ui };
};

async function load(file) {
  try {
    return require(file);
  } catch (error) {
    if (error?.code !== 'ERR_REQUIRE_ESM') throw error;
    return import(pathToFileURL(file).href);
  }
}

/** Suite settings that come from options and are not in all versions' options object. */
const SETTINGS = ['_timeout', '_enableTimeouts', '_slow', '_retries'];

/**
 * A new mocha with the captured options, no tests in it yet. `Reporter` is constructed with the runner.
 * @param {{bail: boolean, Reporter: new (runner: any) => unknown}} how
 */
exports.create = ({ Mocha, options, suite, ui }, { bail, Reporter }) => {
  const own = { ...options, ui: ui ?? options.ui, reporter: Reporter, parallel: false, growl: false, bail: false };
  delete own.files;
  const mocha = new Mocha(own);
  mocha._reporter = Reporter;
  for (const key of SETTINGS) if (suite[key] !== undefined) mocha.suite[key] = suite[key];
  mocha.suite.bail(bail || suite.bail() === true);
  return mocha;
};
