'use strict';

const { EventEmitter } = require('node:events');
const { describeError } = require('../describe-error.cjs');

/** Every mocha since 1 has these two, as CommonJS or ESM; nothing else that emits events has both. */
const isRunner = (value) => typeof value.runTests === 'function' && typeof value.runSuite === 'function' && value.suite !== undefined;

/**
 * Adds what mocha's runner says of each test to `tests`. The runner is found when its first listener is added to it,
 * which needs no reporter argument and no hook into module loading (mocha 12 is ESM); then the way back is laid.
 */
function observe(tests) {
  const prototype = EventEmitter.prototype;
  const on = prototype.on;
  prototype.on = function (...args) {
    try {
      if (isRunner(this)) {
        if (prototype.on !== on) prototype.on = on;
        listen(this, on, tests);
      }
    } catch {
      // Not something we know.
    }
    return Reflect.apply(on, this, args);
  };
}

function listen(runner, on, tests) {
  const places = new Map();
  let ended = false;
  const add = (state) => (test, error) => {
    // After the end only mocha's own add-ons fail (a notifier, a reporter).
    if (ended) return;
    try {
      // A test may be told of again: a callback called twice, a late exception. Its first failure counts.
      const place = places.get(test) ?? tests.length;
      if (tests[place]?.state === 'failed') return;
      places.set(test, place);
      tests[place] = {
        file: fileOf(test),
        title: test.fullTitle(),
        state,
        ...(typeof test.duration === 'number' && { ms: test.duration }),
        ...(state === 'failed' && { error: describeError(error) }),
      };
    } catch {
      // A test object of another kind.
    }
  };
  on.call(runner, 'pass', add('passed'));
  on.call(runner, 'fail', add('failed'));
  on.call(runner, 'pending', add('skipped'));
  on.call(runner, 'end', () => {
    ended = true;
  });
}

/** Hooks carry no file: their suite does, or one above it. */
function fileOf(test) {
  for (let at = test; at; at = at.parent) if (typeof at.file === 'string') return at.file;
  return '';
}

module.exports = { observe };
