'use strict';
/** What keeps a process alive after its script has run: waited for, then cleared, so that no candidate's timer fires in the next one's run. */
const timers = require('node:timers');
const { setImmediate: soon, setTimeout: later } = timers;
const { clearTimeout, clearInterval, clearImmediate } = timers;

const live = new Set();

function track(home, name) {
  const original = home[name];
  const tracked = function (...args) {
    const handle = Reflect.apply(original, this, args);
    live.add(handle);
    return handle;
  };
  for (const key of Object.getOwnPropertySymbols(original))
    Object.defineProperty(tracked, key, Object.getOwnPropertyDescriptor(original, key));
  Object.defineProperty(tracked, 'name', { value: name });
  Object.defineProperty(home, name, { value: tracked, configurable: true, writable: true, enumerable: true });
}

exports.install = () => {
  for (const home of [globalThis, timers]) for (const name of ['setTimeout', 'setInterval', 'setImmediate']) track(home, name);
};

const tally = () => {
  const counts = new Map();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
};
let quiet = new Map();
/** What is active now belongs to the worker. */
exports.baseline = () => {
  quiet = tally();
};
const isQuiet = () => {
  for (const [kind, count] of tally()) if (count > (quiet.get(kind) ?? 0)) return false;
  return true;
};

/** One turn of the event loop: promises have settled, and unhandled rejections been reported. */
exports.turn = () => new Promise((done) => soon(done));

/**
 * Waits until nothing keeps the process alive.
 * @param {() => boolean} isOver ends the wait early
 * @returns {Promise<boolean>} false when something still was active at the deadline
 */
exports.settled = async (deadline, isOver) => {
  for (let turns = 0; ; turns++) {
    await exports.turn();
    if (isOver() || isQuiet()) return true;
    if (performance.now() > deadline) return false;
    // The wait's own timer is over before the next look.
    if (turns > 20) await new Promise((done) => later(done, Math.min(turns - 20, 10)));
  }
};

/**
 * Clears timers that were left, and lets the event loop turn once: a run that starves it must not be answered for, or the
 * next one would be blamed. @returns whether the process is as quiet as at the baseline
 */
exports.clear = async () => {
  for (const handle of live) {
    clearTimeout(handle);
    clearInterval(handle);
    clearImmediate(handle);
  }
  live.clear();
  await exports.turn();
  return isQuiet();
};
