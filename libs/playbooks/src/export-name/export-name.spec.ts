import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { exportName } from './index.js';

const run = (from: string, name: string, source: string, target: string) =>
  heal(exportName, {
    files: { 'utils.js': target, 'a.js': source },
    failure: { error: { name: 'SyntaxError', message: `The requested module '${from}' does not provide an export named '${name}'` } },
  }).after;

describe('export-name', () => {
  // https://github.com/20lives/FrontendMastersDownloader/issues/6
  it('imports by name what is exported by name, or makes it the default', () => {
    const after = run('./utils.js', 'default', "import sanitize from './utils.js';\n", 'export function sanitize() {}\n');
    expect(after[0]).toBe("import { sanitize } from './utils.js';\n");
  });

  it.each([
    ['totl', "import { totl } from './utils.js';\n", 'export const total = 1;\n', "import { total as totl } from './utils.js';\n"],
    [
      'total',
      "import { total } from './utils.js';\n",
      'function total() {}\nexport const tax = 1;\n',
      'export function total() {}\nexport const tax = 1;\n',
    ],
    ['franc', "import { franc } from './utils.js';\n", 'export default function franc() {}\n', "import franc from './utils.js';\n"],
  ])('finds %s', (name, source, target, expected) => {
    expect(run('./utils.js', name, source, target)).toContain(expected);
  });

  it('takes names of a CommonJS package from its default export', () => {
    const { after } = heal(exportName, {
      files: { 'a.js': "import { parse, x as y } from 'old-lib';\n" },
      failure: {
        error: {
          name: 'SyntaxError',
          message: "Named export 'parse' not found. The requested module 'old-lib' is a CommonJS module, which may not support",
        },
      },
    });
    expect(after[0]).toBe("import oldLib from 'old-lib';\nconst { parse, x: y } = oldLib;\n");
  });

  it('says nothing of other errors', () => {
    expect(heal(exportName, { files: { 'a.js': '' }, failure: { error: { message: 'no' } } }).diagnosis).toBeNull();
  });
});
