import { realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../command/run-command.js';
import { openSandbox } from '../sandbox/sandbox.js';
import { workTreeOf } from '../testing/work-tree-of.js';
import { regressionCheck } from './regressions.js';

const MODULES = realpathSync(fileURLToPath(new URL('../../../../node_modules', import.meta.url)));
const LIB = 'exports.clamp = (n, low, high) => (n < low ? high : n > high ? high : n);\n';
const test = (...cases: [number[], number][]) =>
  `const assert = require('assert');\nconst { clamp } = require('../lib/clamp');\n${cases.map(([args, value]) => `it('${args}', () => assert.equal(clamp(${args}), ${value}));\n`).join('')}`;
const FILES = {
  'lib/clamp.js': LIB,
  'test/low.js': test([[-1, 0, 10], 0]),
  'test/high.js': test([[20, 0, 10], 10], [[5, 0, 10], 5], [[-1, -2, 10], -2]),
};

describe('the tests beside those that the command runs', () => {
  it('say which of them a patch breaks: what failed before, and what a patch leaves as it was, does not count', async () => {
    const root = workTreeOf(FILES);
    symlinkSync(MODULES, join(root, 'node_modules'));
    const sandbox = await openSandbox(root);
    const signal = new AbortController().signal;
    try {
      const argv = [process.execPath, 'node_modules/mocha/bin/mocha.js', 'test/low.js'];
      const { failing } = await runCommand({ argv, sandbox, timeoutMs: 30_000, record: 'processes' });
      if (!failing) throw new Error('the failing process is not known');
      const check = regressionCheck({
        failing,
        sandbox,
        openOther: () => openSandbox(root),
        paths: Object.keys(FILES),
        timeoutMs: 30_000,
        signal,
      });
      const patched = (from: string, to: string) => check(new Map([['lib/clamp.js', LIB.replace(from, to)]]));
      expect(await patched('n < low ? high', 'n < low ? low')).toEqual([]);
      expect(await patched('n > high ? high : n', 'n > high ? high : low')).toEqual([expect.stringMatching(/high\.js.*5,0,10/)]);
      expect(await sandbox.restore()).toEqual([]);
    } finally {
      await sandbox.close();
    }
  }, 60_000);
});
