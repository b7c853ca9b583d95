/**
 * Loaded by jest into the context of each test file, after its framework and before the project's own set-up. Speaks with
 * the runner through `Buffer`, which jest shares with its contexts. Globals are jest's.
 */
/* global jest, beforeEach, afterEach, expect */
const { timeoutMs, begin, end, own } = Buffer.__sfJest;

if (timeoutMs !== undefined) jest.setTimeout(timeoutMs);
if (begin) {
  beforeEach(() => begin(expect.getState().testPath, expect.getState().currentTestName));
  afterEach(() => end());
}
if (own) require(own);
