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

/** More counters than the sources that are instrumented can have. */
const MOST = 1 << 19;
/** In which stretch of the run each statement was last seen: the second time in a loop must cost next to nothing. */
let seen;
let stretch = 0;
let hits = [];

function hit(n) {
  if (seen[n] === stretch) return;
  seen[n] = stretch;
  hits.push(n);
}

/** Books what has run since the last call. */
function book() {
  for (const n of hits) {
    if (current) current.hits.add(n);
    else {
      outside.add(n);
      if (carries) sinceLast.add(n);
    }
  }
  hits = [];
  stretch++;
}

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
  seen = new Int32Array(MOST);
  stretch = 1;
  hits = [];
  Object.defineProperty(Buffer, '__sf', { configurable: true, writable: true, enumerable: false, value: hit });
};

/** A test begins; one that comes again adds to what it had. */
exports.begin = (testId) => {
  book();
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
  book();
  if (current && failed) current.failed = true;
  // An assertion that looks at an earlier result only: all that ran before may have led to it.
  if (current && carries && current.hits.size === 0) for (const n of outside) current.hits.add(n);
  current = null;
};

/** @returns {import('./runner.d.cts').RunnerCoverage[]} of each test in order of start; '' holds what ran outside them */
exports.finish = (failedOutside = false) => {
  book();
  Object.defineProperty(Buffer, '__sf', { configurable: true, writable: true, enumerable: false, value: () => undefined });
  const ascending = (set) => [...set].sort((a, b) => a - b);
  const found = [...tests].map(([test, { failed, hits }]) => ({ test, failed, hits: ascending(hits) }));
  const rest = carries && failedOutside && sinceLast.size > 0 ? sinceLast : outside;
  if (rest.size > 0) found.push({ test: '', failed: failedOutside, hits: ascending(rest) });
  current = null;
  return found;
};
