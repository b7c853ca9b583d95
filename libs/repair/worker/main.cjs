'use strict';
/**
 * A warm worker: replays one recorded process again and again, with one candidate's files after another's. Speaks with its
 * parent by IPC messages (src/oracle/protocol.ts) and ends when the parent does.
 */
const path = require('node:path');
const { Worker } = require('node:worker_threads');
const { sandboxRoot } = require('./environment.config.cjs');
const { toTestError } = require('./errors.cjs');
const exits = require('./exits.cjs');
const { SandboxFiles } = require('./files.cjs');
const { freeMemory } = require('./memory.cjs');
const strays = require('./strays.cjs');
const writes = require('./writes.cjs');

const send = process.send.bind(process);
const { now } = performance;
const clock = () => now.call(performance);

/** At most so often a sign of life goes to the parent. */
const PROGRESS_MS = 40;

let runner;
let files;
/** A run that left the sandbox or the process unclean: nothing runs until the parent has seen to it. */
let isPaused = false;
let busy = false;
const waiting = [];
let lastSign = 0;
let longestGap = 0;

function progress() {
  const at = clock();
  longestGap = Math.max(longestGap, at - lastSign);
  if (at - lastSign < PROGRESS_MS) return;
  lastSign = at;
  send({ type: 'progress' });
}

async function open({ process: recorded, root, overlay, runners }) {
  for (const name of runners) {
    let found;
    try {
      found = require(path.join(__dirname, 'runners', `${name}.cjs`));
    } catch (error) {
      if (error.code === 'MODULE_NOT_FOUND' && !writes.raw.existsSync(path.join(__dirname, 'runners', `${name}.cjs`))) continue;
      throw error;
    }
    if (!found.recognises(recorded)) continue;
    files = new SandboxFiles(root, overlay[name] ?? []);
    runner = await found.open(recorded, { root, progress });
    writes.take();
    return send({ type: 'opened', runner: found.name });
  }
  send({ type: 'refused', reason: 'no warm runner knows this kind of process' });
}

async function run({ id, patch, first, ...request }) {
  const start = clock();
  lastSign = start;
  longestGap = 0;
  const changed = [...pendingChanges, ...files.apply(patch)];
  pendingChanges = [];
  let answer;
  if (first?.length && request.stopAtFirstFailure && !runner.indivisible) {
    answer = await runner.run({ ...request, changed, only: first });
    if (isPassed(answer) && !answer.retire) {
      const whole = await runner.run({ ...request, changed: [] });
      const told = new Set(whole.tests.map((test) => test.id));
      answer = { ...whole, tests: [...answer.tests.filter((test) => !told.has(test.id)), ...whole.tests] };
    }
  } else answer = await runner.run({ ...request, changed });
  const end = clock();
  longestGap = Math.max(longestGap, end - lastSign);
  const isDirty = writes.take() > 0;
  const retire = answer.retire === true || !freeMemory();
  isPaused = isDirty || retire;
  send({ type: 'answer', id, answer: { ...answer, passed: isPassed(answer), retire }, ms: end - start, gapMs: longestGap, isDirty });
}

const isPassed = (answer) => answer.passed ?? (answer.error === undefined && answer.tests.every((test) => test.state !== 'failed'));

let pendingChanges = [];

async function handle(message) {
  if (message.type === 'open') await open(message);
  else await run(message);
}

async function work() {
  if (busy) return;
  busy = true;
  while (waiting.length > 0 && !isPaused) {
    const message = waiting.shift();
    try {
      await handle(message);
    } catch (error) {
      send({ type: 'broken', error: toTestError(error) });
      isPaused = true;
    }
  }
  busy = false;
}

const onMessage = (message) => {
  if (message.type === 'restored') {
    pendingChanges = files.reset();
    isPaused = false;
  } else waiting.push(message);
  void work();
};

const leave = () => exits.exit(0);
process.on('message', onMessage);
process.on('disconnect', leave);
// Code under test sees an ordinary process, not a child with a channel.
for (const name of ['send', 'disconnect']) Object.defineProperty(process, name, { value: undefined, configurable: true, writable: true });
new Worker(path.join(__dirname, 'guard.cjs'), { workerData: { parent: process.ppid }, execArgv: [], env: {}, stdin: false }).unref();
exits.install();
strays.install();
writes.install(writes.raw.realpathSync(sandboxRoot));
send({ type: 'ready' });
