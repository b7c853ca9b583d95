'use strict';

const { inspect } = require('node:util');

const short = (text, max) => (text.length > max ? `${text.slice(0, max - 1)}…` : text);

/** Reads a property of something hostile: a getter or a proxy that throws reads as undefined. */
function read(value, key) {
  try {
    return value[key];
  } catch {
    return undefined;
  }
}

/** A value as JSON-like text, at most 2,000 characters. Never throws. */
function describeValue(value) {
  try {
    return short(typeof value === 'string' ? value : inspect(value, { depth: 6, breakLength: 120, maxArrayLength: 200 }), 2000);
  } catch {
    return undefined;
  }
}

/** Anything that was thrown, as a TestError: strings and `undefined` are thrown too. Never throws. */
function describeError(thrown) {
  const isObject = (typeof thrown === 'object' && thrown !== null) || typeof thrown === 'function';
  if (!isObject) return { name: 'Error', message: short(String(thrown), 4000), stack: '' };
  const name = read(thrown, 'name');
  const message = read(thrown, 'message');
  const stack = read(thrown, 'stack');
  const compares = 'expected' in thrown && 'actual' in thrown;
  return {
    name: typeof name === 'string' && name !== '' ? short(name, 200) : 'Error',
    message: short(typeof message === 'string' ? message : (describeValue(thrown) ?? ''), 4000),
    stack: typeof stack === 'string' ? short(stack, 16000) : '',
    ...(compares && { expected: describeValue(read(thrown, 'expected')), actual: describeValue(read(thrown, 'actual')) }),
  };
}

module.exports = { describeError, describeValue };
