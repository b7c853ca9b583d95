import { describe, expect, it } from '@jest/globals';
import { widerArguments } from './regressions.js';

const ROOT = '/box/tree/repo';
const PATHS = ['lib/app.js', 'test/app.js', 'test/res.js', 'test/support/env.js', 'src/a.test.ts', 'src/b.test.ts', 'src/b.ts'];
const wider = (...args: string[]) => widerArguments(args, ROOT, ROOT, PATHS);

describe('the tests beside those that a command runs', () => {
  it.each([
    ['are the others of the same folder and ending', ['--reporter', 'dot', 'test/app.js'], [`${ROOT}/test/res.js`]],
    ['are found for an absolute path', [`${ROOT}/src/a.test.ts`], [`${ROOT}/src/b.test.ts`]],
  ])('%s', (_, args, more) => {
    expect(wider(...args)).toEqual([...args, ...more]);
  });

  it.each([
    ['the command names no test: it runs them all', ['--reporter', 'dot']],
    ['it names them all', ['test/app.js', 'test/res.js']],
    ['what it names is no test', ['lib/app.js']],
  ])('are none when %s', (_, args) => {
    expect(wider(...args)).toBeUndefined();
  });
});
