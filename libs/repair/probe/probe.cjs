'use strict';
/**
 * Runs in a process of its own, by the user's own Node, in a sandbox: tells candidates that all pass the tests apart by
 * what they answer to other inputs. Inputs are the calls that the failing script makes, and small changes of them.
 * Plain CommonJS for any Node >= 18.19. In: one message (ProbeRequest of src/probe/probe.ts); out: one message (ProbeAnswer).
 */
const Module = require('node:module');
const util = require('node:util');
const vm = require('node:vm');
const { perturbed } = require('./perturb.cjs');
const { install: readOnly } = require('./read-only.cjs');

const MAX_CALLS = 60;
const CALL_MS = 60;

const send = process.send.bind(process);
const kill = process.kill.bind(process);

process.once('message', ({ key, ...request }) => {
  readOnly();
  const answer = probe(request);
  // `key` tells the answer from what the target says.
  send({ ...answer, key }, () => kill(process.pid, 'SIGKILL'));
});

function probe({ script, subjects, candidates, examples, inputs: wanted, budgetMs }) {
  const until = Date.now() + budgetMs;
  silence();
  const calls = recordCalls(script, subjects, candidates[0]);
  const inputs = [...new Set(calls.map(({ name }) => name))].flatMap((name) => {
    const own = calls.filter((call) => call.name === name);
    return perturbed(
      own.map(({ args }) => args),
      Math.ceil(wanted / 4) * 4,
    ).map((args) => ({ file: own[0].file, name, args }));
  });
  const outputs = [];
  const passed = [];
  for (const candidate of candidates) {
    if (Date.now() > until) break;
    const loaded = loadAll(subjects, candidate);
    outputs.push(inputs.map(({ file, name, args }) => (Date.now() > until ? 'unknown' : answerOf(loaded.get(file), name, args))));
    passed.push(examples.map((example) => holds(loaded.get(example.file), example)));
  }
  return { inputs: inputs.length, outputs, examples: passed };
}

/** Every call that the script makes of what the subjects export, with the arguments as they were before the call. */
function recordCalls(script, subjects, candidate) {
  const calls = [];
  const wrap = (file, name, fn) =>
    new Proxy(fn, {
      apply(target, self, args) {
        if (calls.length < MAX_CALLS) {
          try {
            calls.push({ file, name, args: structuredClone(args) });
          } catch {
            // A function or a socket cannot be kept: no input to vary.
          }
        }
        return Reflect.apply(target, self, args);
      },
    });
  const load = Module._load;
  Module._load = function (request, parent, isMain) {
    const exported = load.call(this, request, parent, isMain);
    const file = resolved(request, parent);
    if (!subjects.includes(file)) return exported;
    if (typeof exported === 'function') return wrap(file, '', exported);
    if (exported === null || typeof exported !== 'object') return exported;
    return Object.fromEntries(
      Object.entries(exported).map(([name, value]) => [name, typeof value === 'function' ? wrap(file, name, value) : value]),
    );
  };
  try {
    withTexts(candidate, () => limited(() => require(script), 2000));
  } catch {
    // The calls made before it failed are inputs too.
  } finally {
    Module._load = load;
  }
  return calls;
}

const resolved = (request, parent) => {
  try {
    return Module._resolveFilename(request, parent, false);
  } catch {
    return undefined;
  }
};

function loadAll(subjects, candidate) {
  return withTexts(candidate, () => {
    for (const file of subjects) delete require.cache[file];
    return new Map(
      subjects.map((file) => {
        try {
          return [file, limited(() => require(file), 1000)];
        } catch {
          return [file, undefined];
        }
      }),
    );
  });
}

/** Runs with the candidate's texts in place of those on the disk. */
function withTexts(candidate, work) {
  const compile = Module.prototype._compile;
  Module.prototype._compile = function (content, filename, ...rest) {
    return compile.call(this, candidate[filename] ?? content, filename, ...rest);
  };
  try {
    return work();
  } finally {
    Module.prototype._compile = compile;
  }
}

/** Runs with a limit on its synchronous time, in milliseconds. */
function limited(work, ms) {
  globalThis.__probe = work;
  try {
    return vm.runInThisContext('globalThis.__probe()', { timeout: ms });
  } finally {
    delete globalThis.__probe;
  }
}

function answerOf(exported, name, args) {
  const fn = name === '' ? exported : exported?.[name];
  if (typeof fn !== 'function') return 'absent';
  try {
    const value = limited(() => fn(...structuredClone(args)), CALL_MS);
    // What comes later is not waited for: nothing is known of it.
    return typeof value?.then === 'function' ? 'unknown' : shown(value);
  } catch (error) {
    return `throws ${error?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? 'never ends' : error?.name}`;
  }
}

/** Whether the author's example holds; undefined when it cannot be said. */
function holds(exported, { name, args, expected }) {
  const fn = typeof exported === 'function' && exported.name === name ? exported : exported?.[name];
  if (typeof fn !== 'function') return undefined;
  // Literals only (the parent parsed them): evaluating them calls nothing.
  const [values, value] = vm.runInThisContext(`[[${args}], [${expected}]]`);
  try {
    return shown(limited(() => fn(...values), CALL_MS)) === shown(value[0]);
  } catch {
    return false;
  }
}

const shown = (value) =>
  util
    .inspect(value, {
      depth: 6,
      maxArrayLength: 200,
      maxStringLength: 2000,
      breakLength: Number.POSITIVE_INFINITY,
      compact: true,
      sorted: true,
    })
    .replace(/(?<![\w.])-0(?![\w.])/g, '0')
    .slice(0, 4000);

function silence() {
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table']) console[method] = () => {};
  process.exit = () => {
    throw new Error('exit');
  };
}
