'use strict';
const { inspect } = require('node:util');

const text = (value, most) => {
  const string = typeof value === 'string' ? value : inspect(value, { depth: 1 });
  return string.length > most ? string.slice(0, most) : string;
};
const shown = (value) => text(inspect(value, { depth: 4, maxArrayLength: 50, maxStringLength: 1000, breakLength: 120 }), 2000);

/** Frames of the worker itself are of no interest to anybody who looks for a bug. */
const withoutWorker = (stack) =>
  stack
    .split('\n')
    .filter((line) => !line.includes(__dirname) && !line.includes(' selfheal:1:'))
    .join('\n');

/**
 * Anything thrown as a TestError: bounded, and whatever its getters do.
 * @param {unknown} error
 * @returns {import('../src/oracle/oracle.js').TestError}
 */
exports.toTestError = (error) => {
  try {
    if (error === null || typeof error !== 'object') return { name: 'Error', message: text(error, 4000), stack: '' };
    const told = {
      name: text(error.name ?? 'Error', 200),
      message: text(error.message ?? inspect(error), 4000),
      stack: withoutWorker(text(error.stack ?? '', 16000)),
    };
    if ('expected' in error || 'actual' in error) {
      told.expected = shown(error.expected);
      told.actual = shown(error.actual);
    }
    return told;
  } catch {
    return { name: 'Error', message: 'an error that cannot be read', stack: '' };
  }
};
