/**
 * Loaded before the user's program in every Node process that a recorded command starts (by NODE_OPTIONS, from a small
 * generated file that names the directory to write into). Writes one JSON file when the process starts and one when it
 * ends, synchronously, so that `process.exit` and crashes lose nothing. Promises not to be noticed: no output, no
 * handle, no listener that a program could count, no error of its own. Runs on any Node >= 18.19.
 */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { describeError } = require('./describe-error.cjs');

const MAX_TESTS = 20000;

/** The pids above this process, nearest first, where the system tells (Linux); else the parent alone. */
function ancestors() {
  const found = [process.ppid];
  try {
    for (let pid = process.ppid; pid > 1 && found.length < 32; ) {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name in brackets may hold spaces and brackets: what counts begins after the last one.
      pid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      found.push(pid);
    }
  } catch {
    // No /proc, or an ancestor has ended.
  }
  return found;
}

/** What the user's own environment was: without the option that loaded this file and what came with it. */
function userEnvironment(added) {
  // biome-ignore lint/style/noProcessEnv: recording the environment is what this file is for
  const env = { ...process.env };
  for (const name of added.names) delete env[name];
  if (env.NODE_OPTIONS !== undefined) {
    env.NODE_OPTIONS = env.NODE_OPTIONS.replace(added.nodeOption, '').trim();
    if (env.NODE_OPTIONS === '') delete env.NODE_OPTIONS;
  }
  return env;
}

function realScript() {
  const script = process.argv[1];
  if (script === undefined) return '';
  for (const suffix of ['', '.js', '.cjs', '.mjs', '.json']) {
    try {
      return fs.realpathSync(script + suffix);
    } catch {
      // Not this one.
    }
  }
  return script;
}

/**
 * @param {string} dir where the files go
 * @param {{ names: string[], nodeOption: string }} added what selfheal put into the environment
 * @param {string} hook the file that loads this one
 */
function start(dir, added, hook) {
  const base = path.join(dir, `${process.pid}-${process.hrtime.bigint()}`);
  const script = realScript();
  const startedAt = Date.now();
  const state = { error: undefined, tests: [] };

  const write = (kind, value) => {
    try {
      fs.writeFileSync(`${base}.${kind}.json`, JSON.stringify(value));
    } catch {
      // The disk is full or the directory is gone: the program goes on as if nobody watched.
    }
  };
  const end = (exitCode) => {
    write('end', { at: Date.now(), exitCode, error: state.error, tests: state.tests.slice(0, MAX_TESTS) });
  };

  write('start', {
    pid: process.pid,
    ppid: process.ppid,
    ancestors: ancestors(),
    execPath: process.execPath,
    execArgv: userOptions(hook),
    script,
    args: process.argv.slice(2),
    cwd: process.cwd(),
    env: userEnvironment(added),
    at: startedAt,
  });

  // Not listeners: programs remove all listeners, and count them. Both ways out pass here: `exit` is emitted by the
  // event loop's end, an uncaught error and `process.exit`; `reallyExit` has the last word on the code.
  const emit = process.emit;
  const reallyExit = process.reallyExit;
  Object.defineProperty(process, 'emit', {
    configurable: true,
    writable: true,
    enumerable: false,
    value: function (name, ...args) {
      if (name === 'uncaughtExceptionMonitor' && state.error === undefined) state.error = describeError(args[0]);
      const result = Reflect.apply(emit, this, [name, ...args]);
      if (name === 'exit' && this === process) end(exitCodeNow(args[0]));
      return result;
    },
  });
  process.reallyExit = function (...args) {
    end(exitCodeNow(args[0]));
    return Reflect.apply(reallyExit, this, args);
  };

  if (/[\\/]_?mocha(\.c?js)?$|[\\/]mocha[\\/]/.test(script)) require('./runners/mocha.cjs').observe(state.tests);
  else if (/[\\/](jest|jest-cli|react-scripts)[\\/]|[\\/]jest(\.js)?$/.test(script)) require('./runners/jest.cjs').observe(state.tests);
}

/** `process.exitCode` as a number (Node 18 and 20 accept numeric strings), else what was asked for. */
function exitCodeNow(code) {
  const asked = Number(process.exitCode ?? code ?? 0);
  return Number.isInteger(asked) ? asked : 0;
}

/** `node --test` hands options on to its children, so that the hook comes twice. */
function isLoaded() {
  const mark = Symbol.for('selfheal.recorded');
  if (process[mark]) return true;
  Object.defineProperty(process, mark, { value: true, enumerable: false });
  return false;
}

/** Node's own options without the one that loaded this file. */
function userOptions(hook) {
  const options = process.execArgv;
  return options.filter((option, at) => !option.includes(hook) && !(/^(-r|--require)$/.test(option) && options[at + 1] === hook));
}

/** Does nothing in a worker thread: its process has been recorded. `hook` is the file that calls this. Never throws. */
module.exports = function record(dir, added, hook) {
  try {
    if (require('node:worker_threads').isMainThread && !isLoaded()) start(dir, added, hook);
    // Programs clear and count what is loaded.
    for (const file of Object.keys(require.cache)) if (file === hook || file.startsWith(__dirname + path.sep)) delete require.cache[file];
  } catch {
    // A recording less is better than a program that fails because it is recorded.
  }
};
