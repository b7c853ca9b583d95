'use strict';
/**
 * What one candidate does to the objects that all share (globals, built-in prototypes, `console`, exports of Node's own
 * modules) must not reach the next. A snapshot keeps each object's properties; `restore` puts back what differs. Values of
 * data properties are compared without descriptors, so that a restore of a clean process takes some ten microseconds.
 */
const { environment } = require('./environment.config.cjs');

const { ownKeys, getOwnPropertyDescriptor, defineProperty, deleteProperty, setPrototypeOf, getPrototypeOf } = Reflect;

class Snapshot {
  #objects = new Map();

  /** Takes the object in, as it is now. Once taken it is not taken again. @param {(key: PropertyKey) => boolean} [leaveOut] */
  add(object, leaveOut = () => false) {
    if (object === null || (typeof object !== 'object' && typeof object !== 'function') || this.#objects.has(object)) return;
    const data = [];
    const accessors = [];
    for (const key of ownKeys(object)) {
      const descriptor = getOwnPropertyDescriptor(object, key);
      if ((!descriptor?.configurable && !descriptor?.writable) || leaveOut(key)) continue;
      if ('value' in descriptor) data.push({ key, descriptor, value: descriptor.value });
      else accessors.push({ key, descriptor });
    }
    this.#objects.set(object, { keys: ownKeys(object), data, accessors, prototype: getPrototypeOf(object) });
  }

  restore() {
    for (const [object, { keys, data, accessors, prototype }] of this.#objects) {
      const now = ownKeys(object);
      if (now.length !== keys.length || now.some((key, i) => key !== keys[i])) {
        const known = new Set(keys);
        for (const key of now) if (!known.has(key)) deleteProperty(object, key);
      }
      for (const { key, descriptor, value } of data) {
        if (!Object.is(object[key], value)) restoreProperty(object, key, descriptor);
      }
      for (const { key, descriptor } of accessors) {
        const current = getOwnPropertyDescriptor(object, key);
        if (!current || current.get !== descriptor.get || current.set !== descriptor.set) restoreProperty(object, key, descriptor);
      }
      if (getPrototypeOf(object) !== prototype) setPrototypeOf(object, prototype);
    }
  }
}

function restoreProperty(object, key, descriptor) {
  if (!defineProperty(object, key, descriptor)) deleteProperty(object, key) && defineProperty(object, key, descriptor);
}

const CONSTRUCTORS = [
  'Object Function Array Number Boolean String Symbol BigInt Date Promise RegExp Map Set WeakMap WeakSet WeakRef Error',
  'TypeError RangeError SyntaxError ReferenceError EvalError URIError AggregateError ArrayBuffer DataView Uint8Array Int8Array',
  'Uint16Array Int16Array Uint32Array Int32Array Float32Array Float64Array Buffer URL URLSearchParams TextEncoder TextDecoder',
]
  .join(' ')
  .split(' ');

/** Everything that code can reach without `require`, and `console`, `process`, `process.env`. */
exports.snapshotGlobals = () => {
  const snapshot = new Snapshot();
  for (const object of [globalThis, console, environment, Math, JSON, Reflect, Atomics]) snapshot.add(object);
  // Node's own bookkeeping on `process` (_events and the like) changes as it runs.
  snapshot.add(process, (key) => typeof key === 'string' && key.startsWith('_'));
  for (const name of CONSTRUCTORS) {
    const builtin = globalThis[name];
    snapshot.add(builtin);
    snapshot.add(builtin?.prototype);
  }
  for (const hidden of [
    getPrototypeOf(Uint8Array),
    getPrototypeOf([][Symbol.iterator]()),
    getPrototypeOf(function* () {}),
    getPrototypeOf(async () => {}),
  ]) {
    snapshot.add(hidden);
    snapshot.add(hidden.prototype);
  }
  return snapshot;
};
