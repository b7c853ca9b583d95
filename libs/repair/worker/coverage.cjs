'use strict';
/**
 * Which instrumented statements each test executes. The parent has put a call of `Buffer.__sf(n)` before every statement
 * of the sources under repair; a runner calls `start()`, then `begin(testId)` and `end(failed)` around each test, and
 * `finish()` for the answer. `Buffer` is the one object that a test framework's own contexts share with Node.
 */
let outside = new Set();
let sinceLast = new Set();
let tests = new Map();
let current = null;
let carries = false;

/**
 * @param {{carry?: boolean}} [options] carry: what runs between two tests counts for the second (a script's set-up of an
 *   assertion); without it, it counts for no test
 */
exports.start = ({ carry = false } = {}) => {
  outside = new Set();
  sinceLast = new Set();
  tests = new Map();
  current = null;
  carries = carry;
  Object.defineProperty(Buffer, '__sf', { configurable: true, writable: true, enumerable: false, value: hit });
};

function hit(n) {
  if (current) current.hits.add(n);
  else {
    outside.add(n);
    if (carries) sinceLast.add(n);
  }
}

/** A test begins; one that comes again adds to what it had. */
exports.begin = (testId) => {
  current = tests.get(testId);
  if (!current) {
    current = { hits: new Set(), failed: false };
    tests.set(testId, current);
  }
  for (const n of sinceLast) current.hits.add(n);
  sinceLast = new Set();
};

/** The test that runs has ended. */
exports.end = (failed) => {
  if (current && failed) current.failed = true;
  // An assertion that looks at an earlier result only: all that ran before may have led to it.
  if (current && carries && current.hits.size === 0) for (const n of outside) current.hits.add(n);
  current = null;
};

/** @returns {import('./runner.d.cts').RunnerCoverage[]} of each test in order of start; '' holds what ran outside them */
exports.finish = (failedOutside = false) => {
  Object.defineProperty(Buffer, '__sf', { configurable: true, writable: true, enumerable: false, value: () => undefined });
  const ascending = (set) => [...set].sort((a, b) => a - b);
  const found = [...tests].map(([test, { failed, hits }]) => ({ test, failed, hits: ascending(hits) }));
  const rest = carries && failedOutside && sinceLast.size > 0 ? sinceLast : outside;
  if (rest.size > 0) found.push({ test: '', failed: failedOutside, hits: ascending(rest) });
  current = null;
  return found;
};
