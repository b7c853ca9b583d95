import { describe, expect, it } from '@jest/globals';
import { isTest, isTestPath } from './tests.js';

describe('whether a path is a test', () => {
  it.each([
    'test/a.js',
    'tests/a.js',
    'packages/x/test/a.ts',
    '__tests__/a.js',
    'src/__mocks__/fs.js',
    'spec/a.js',
    'e2e/login.ts',
    'test/fixtures/a.js',
    'a.test.js',
    'a.spec.ts',
    'a_test.js',
    'a-test.mjs',
    'test.js',
    'src/Button.test.tsx',
    'a.e2e.cts',
  ])('%s is one', (path) => {
    expect(isTestPath(path)).toBe(true);
  });

  it.each(['src/a.js', 'latest.js', 'contest/a.js', 'src/testing.js', 'src/test-utils/index.js', 'inspect.js', 'attest/a.js', 'test.json'])(
    '%s is none',
    (path) => {
      expect(isTestPath(path)).toBe(false);
    },
  );
});

describe('whether a file judges', () => {
  const judged = (text: string, named: boolean) => isTest({ path: 'run.js', text }, named);
  it.each([
    "const assert = require('assert');",
    'const { equal } = require("node:assert/strict");',
    "import assert from 'node:assert';",
    "import { test } from 'node:test';",
    'console.assert(a === 1);',
    'describe("a", () => {});',
    'expect(a).toBe(1);',
  ])('does when the command names it and it says %s', (text) => {
    expect(judged(text, true)).toBe(true);
    expect(judged(text, false)).toBe(false);
  });

  it.each(['module.exports = 1;', "const assertions = require('./assertions');", 'expected(a);', '// asserts nothing'])(
    'does not for %s',
    (text) => {
      expect(judged(text, true)).toBe(false);
    },
  );
});
