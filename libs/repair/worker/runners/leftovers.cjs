'use strict';
/**
 * Nothing of one candidate's run may be heard in the next: timers are void once their run is over, servers and sockets
 * that it opened are closed, listeners on `process` that it added are removed, globals are put back.
 */
const http = require('node:http');
const timers = require('node:timers');
const { snapshotGlobals } = require('../globals.cjs');

const { clearTimeout, clearInterval, clearImmediate } = timers;
const CLEAR = { setTimeout: clearTimeout, setInterval: clearInterval, setImmediate: clearImmediate };
/** Parts of the channel to the parent, and of Node itself. */
const KEPT_EVENTS = new Set(['message', 'internalMessage', 'disconnect', 'newListener', 'removeListener']);

let current = 0;
/** Timers that a run asked not to wait for, which may fire all the same. */
let unheld = new Set();
let unref;

function voidable(name, original) {
  const wrapped = function (callback, ...rest) {
    if (typeof callback !== 'function') return original.call(this, callback, ...rest);
    const run = current;
    const timer = original.call(
      this,
      function (...args) {
        if (run === current) return callback.apply(this, args);
        CLEAR[name](timer);
      },
      ...rest,
    );
    return timer;
  };
  for (const key of Object.getOwnPropertySymbols(original))
    Object.defineProperty(wrapped, key, Object.getOwnPropertyDescriptor(original, key));
  return Object.defineProperty(wrapped, 'name', { value: name });
}

/** Once per worker, before any of the project's code is loaded. */
exports.install = () => {
  for (const name of Object.keys(CLEAR)) {
    const wrapped = voidable(name, timers[name]);
    timers[name] = wrapped;
    globalThis[name] = wrapped;
  }
  const probe = setTimeout(() => undefined, 0);
  clearTimeout(probe);
  const prototype = Object.getPrototypeOf(probe);
  unref = prototype.unref;
  prototype.unref = function () {
    unheld.add(this);
    return unref.call(this);
  };
};

/** Lets the process end before mocha's own timer, which says nothing of the project. */
exports.release = (timer) => timer && unref.call(timer);

/** Whether a timer that does not keep the process alive is still to fire. */
exports.hasUnheldTimers = () => [...unheld].some((timer) => timer._destroyed === false && timer.hasRef() === false);

const handles = () => process._getActiveHandles?.() ?? [];

function close(handle) {
  try {
    if (typeof handle.closeAllConnections === 'function') handle.closeAllConnections();
    if (typeof handle.destroy === 'function') handle.destroy();
    else if (typeof handle.close === 'function') handle.close();
    else if (typeof handle.kill === 'function') handle.kill('SIGKILL');
    handle.unref?.();
  } catch {
    // It was closed already.
  }
}

const listeners = () =>
  new Map(
    process
      .eventNames()
      .filter((event) => !KEPT_EVENTS.has(event))
      .map((event) => [event, process.rawListeners(event)]),
  );

function setListeners(wanted) {
  for (const event of process.eventNames()) {
    if (KEPT_EVENTS.has(event)) continue;
    const kept = wanted.get(event) ?? [];
    for (const listener of process.rawListeners(event)) if (!kept.includes(listener)) process.removeListener(event, listener);
  }
  for (const [event, wantedOnes] of wanted) {
    const present = process.rawListeners(event);
    for (const listener of wantedOnes) if (!present.includes(listener)) process.on(event, listener);
  }
}

/** Swaps the worker's own listeners on `process` for those that the project's process would have. */
exports.Scene = class {
  #worker = new Map();
  /** Those of the project's command line, before any test. */
  #project = new Map();
  #handles = new Set();
  #snapshot;
  #isComplete = false;
  #clocks;

  /** The project's code runs from now on. */
  enter() {
    this.#worker = listeners();
    setListeners(this.#project);
    this.#handles = new Set(handles());
    unheld = new Set();
    current++;
    // A fake clock that the first run leaves behind must not become what later runs are put back to.
    this.#clocks ??= Object.entries(Object.getOwnPropertyDescriptors(globalThis)).filter(
      ([name]) => name === 'Date' || name === 'performance' || name in CLEAR,
    );
  }

  /** The project's command line is loaded: what it listens to stays for every run. */
  keepListeners() {
    this.#project = listeners();
  }

  /** What the first complete run defined (polyfills, assertion styles) belongs to all: their modules stay loaded. */
  keepGlobals() {
    this.#isComplete = true;
  }

  #takeSnapshot() {
    for (const [name, descriptor] of this.#clocks) Object.defineProperty(globalThis, name, descriptor);
    this.#snapshot = snapshotGlobals();
  }

  /** The run is over: ends what it left. */
  async leave() {
    await new Promise((done) => setImmediate(() => setImmediate(done)));
    current++;
    setListeners(this.#worker);
    for (const handle of handles()) if (!this.#handles.has(handle)) close(handle);
    http.globalAgent.destroy();
    process.exitCode = undefined;
    if (this.#snapshot) this.#snapshot.restore();
    else if (this.#isComplete) this.#takeSnapshot();
  }
};
