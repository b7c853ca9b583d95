'use strict';

const Module = require('node:module');

const STATES = { passed: 'passed', failed: 'failed' };

/**
 * Adds each test's result to `tests` as jest's own process learns of it: every version calls `addResult` of its helper
 * module once per test file. The module is not changed; jest gets a copy with the one function wrapped.
 */
function observe(tests) {
  const load = Module._load;
  const copies = new Map();
  Module._load = function (request, ...rest) {
    const loaded = Reflect.apply(load, this, [request, ...rest]);
    if (!/(^@jest\/test-result|[\\/]test_?result_?helpers(\.js)?)$/i.test(String(request))) return loaded;
    if (typeof loaded?.addResult !== 'function') return loaded;
    if (!copies.has(loaded)) copies.set(loaded, withObserver(loaded, tests));
    return copies.get(loaded);
  };
}

function withObserver(helpers, tests) {
  const addResult = (all, result) => {
    try {
      tests.push(...resultsOf(result));
    } catch {
      // A version whose results look otherwise.
    }
    return helpers.addResult(all, result);
  };
  return Object.create(helpers, { addResult: { value: addResult, enumerable: true, configurable: true, writable: true } });
}

function resultsOf(result) {
  const file = result.testFilePath;
  const found = result.testResults.map((test) => {
    const failures = (test.failureMessages ?? []).join('\n');
    return {
      file,
      title: [...(test.ancestorTitles ?? []), test.title].join(' '),
      state: STATES[test.status] ?? 'skipped',
      ...(typeof test.duration === 'number' && { ms: test.duration }),
      ...(test.status === 'failed' && { error: errorOf(failures) }),
    };
  });
  // A file that could not be loaded has no tests, but it has failed.
  if (found.length === 0 && (result.testExecError || result.failureMessage)) {
    const message = String(result.testExecError?.stack || result.testExecError?.message || result.failureMessage);
    found.push({ file, title: '(load)', state: 'failed', error: errorOf(message) });
  }
  return found;
}

/** Jest gives the failure as text with colours: `Name: message\n    at …`. */
function errorOf(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with an escape character
  const plain = text.replace(/\u001b\[[0-9;]*m/g, '');
  const [, name, rest] = /^\s*([A-Za-z_$][\w$]*(?:Error|Exception)|Error)(?: \[\w+\])?:? ?([\s\S]*)$/.exec(plain) ?? [null, 'Error', plain];
  const frames = rest.search(/^ {2,}at /m);
  const message = (frames < 0 ? rest : rest.slice(0, frames)).trim();
  const expected = /^\s*Expected(?: \w+)*:?\s*\n?\s*(.+)$/im.exec(message);
  const actual = /^\s*Received(?: \w+)*:?\s*\n?\s*(.+)$/im.exec(message);
  return {
    name,
    message: message.slice(0, 4000),
    stack: plain.slice(0, 16000),
    ...(expected && actual && { expected: expected[1].trim().slice(0, 2000), actual: actual[1].trim().slice(0, 2000) }),
  };
}

module.exports = { observe };
