'use strict';
/**
 * The assertions of a purified script, each a test of its own. The parent has put each assertion into
 * `try{Buffer.__sfAt("12");…;Buffer.__sfOk("12")}catch(e){Buffer.__sfNo("12",e)}`; a place that fails in any of its
 * executions has failed.
 */
const { toTestError } = require('./errors.cjs');
const exits = require('./exits.cjs');
const coverage = require('./coverage.cjs');

let places = new Map();
let prefix = '';
let rethrows = true;
let measures = false;
let open;

const at = (place) => {
  open = place;
  if (!places.has(place)) places.set(place, { id: prefix + place, state: 'passed' });
  if (measures) coverage.begin(prefix + place);
};
const ok = () => {
  open = undefined;
  if (measures) coverage.end(false);
};
const no = (place, error) => {
  open = undefined;
  if (exits.called() || exits.isExit(error)) {
    if (measures) coverage.end(false);
    throw error;
  }
  fail(place, error);
  if (rethrows) throw error;
};

function fail(place, error) {
  const test = places.get(place);
  if (test && test.state !== 'failed') places.set(place, { id: test.id, state: 'failed', error: toTestError(error) });
  if (measures) coverage.end(true);
}

exports.install = () => {
  for (const [name, value] of [
    ['__sfAt', at],
    ['__sfOk', ok],
    ['__sfNo', no],
  ])
    Object.defineProperty(Buffer, name, { configurable: false, writable: false, enumerable: false, value });
};
/** @param {{prefix: string, rethrow: boolean, coverage: boolean}} options rethrow: a failure goes on its way, as it would unpurified */
exports.start = (options) => {
  places = new Map();
  open = undefined;
  prefix = options.prefix;
  rethrows = options.rethrow;
  measures = options.coverage;
};
/** The run was cut short: the assertion that was on has failed. */
exports.interrupt = (error) => {
  if (open !== undefined) fail(open, error);
};
/** Whether an assertion is under way. */
exports.isOpen = () => open !== undefined;
/** @returns {import('../src/oracle/oracle.js').TestResult[]} */
exports.finish = () => [...places.values()];
