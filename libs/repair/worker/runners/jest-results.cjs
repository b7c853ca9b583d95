'use strict';
/** Jest's results of one test file in our terms. The recorder of the command tells the same of the same results. */
const path = require('node:path');
const { testId, numbering } = require('../test-id.cjs');

const STATES = { passed: 'passed', failed: 'failed' };

/** Jest gives a failure as text with colours: `Name: message\n    at …`. */
function errorOf(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with an escape character
  const plain = text.replace(/\u001b\[[0-9;]*m/g, '');
  const [, name, rest] = /^\s*([A-Za-z_$][\w$]*(?:Error|Exception)|Error)(?: \[\w+\])?:? ?([\s\S]*)$/.exec(plain) ?? [null, 'Error', plain];
  const frames = rest.search(/^ {2,}at /m);
  const message = (frames < 0 ? rest : rest.slice(0, frames)).trim();
  const expected = /^\s*Expected(?: \w+)*:?\s*\n?\s*(.+)$/im.exec(message);
  const actual = /^\s*Received(?: \w+)*:?\s*\n?\s*(.+)$/im.exec(message);
  const isTimeout = /^(?:thrown: ")?(?:Exceeded timeout of|Timeout - Async callback was not invoked)/.test(message);
  return {
    name: isTimeout ? 'TimeoutError' : name,
    message: message.slice(0, 4000),
    stack: plain.slice(0, 16_000),
    ...(expected && actual && { expected: expected[1].trim().slice(0, 2000), actual: actual[1].trim().slice(0, 2000) }),
  };
}

/** A file that could not be loaded, or has no test, has failed. */
exports.unloaded = (root, file, error) => {
  const text = String(error?.stack || error?.message || error || 'Your test suite must contain at least one test.');
  return { tests: [{ id: testId(root, file, '(load)'), file, state: 'failed', error: errorOf(text) }], error: errorOf(text) };
};

/**
 * @param {string} root
 * @param {any} result jest's TestResult of one file
 * @returns {{tests: object[], error?: object}}
 */
exports.resultsOf = (root, result) => {
  const file = path.resolve(result.testFilePath);
  const failure = result.testExecError ?? (result.testResults.length === 0 ? result.failureMessage : undefined);
  if (result.testResults.length === 0) return exports.unloaded(root, file, failure);
  const number = numbering();
  const tests = result.testResults.map((test) => ({
    id: number(testId(root, file, [...(test.ancestorTitles ?? []), test.title].join(' '))),
    file,
    title: [...(test.ancestorTitles ?? []), test.title].join(' '),
    state: STATES[test.status] ?? 'skipped',
    ...(typeof test.duration === 'number' && { ms: test.duration }),
    ...(test.status === 'failed' && { error: errorOf((test.failureMessages ?? []).join('\n')) }),
  }));
  return { tests, ...(failure && { error: errorOf(String(failure.stack || failure.message || failure)) }) };
};
