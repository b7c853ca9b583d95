import { describe, expect, it } from '@jest/globals';
import { SourceFile } from '@selfheal/engine';
import { heal } from '../shared/case.js';
import { moduleSystem } from './index.js';

const run = (message: string, source: string, at: string, files: Record<string, string> = {}, path = 'a.js') =>
  heal(moduleSystem, { files: { ...files, [path]: source }, failure: { error: { name: 'ReferenceError', message } }, at: [path, at] })
    .after;

describe('module-system', () => {
  // https://github.com/cnwhy/nzh/issues/27
  it('makes __dirname of import.meta.url', () => {
    const [after = ''] = run('__dirname is not defined in ES module scope', "import a from 'a';\nread(__dirname);\n", '__dirname');
    expect(after).toContain(
      "import { dirname } from 'node:path';\nconst __dirname = dirname(fileURLToPath(import.meta.url));\nread(__dirname);",
    );
    expect(new SourceFile('a.mjs', after).errors).toEqual([]);
  });

  it('imports instead of require, or makes a require', () => {
    const message = 'require is not defined in ES module scope, you can use import instead';
    const after = run(
      message,
      "const fs = require('fs');\nconst { a, b: c } = require('./x.js');\nmodule.exports = { f };\nfunction f() {}\n",
      "require('fs",
      {},
      'a.mjs',
    );
    expect(after[0]).toBe("import fs from 'fs';\nimport { a, b as c } from './x.js';\nexport { f };\nfunction f() {}\n");
    expect(after[1]).toContain('createRequire(import.meta.url)');
  });

  it('requires instead of import in a CommonJS file, or says that the package is of modules', () => {
    const source = "import fs, { join as j } from 'fs';\nexport const a = 1;\nexport default a;\n";
    const after = run('Cannot use import statement outside a module', source, 'import', { 'package.json': '{\n  "name": "x"\n}\n' });
    expect(after[0]).toContain("const fs = require('fs');\nconst { join: j } = require('fs');\nconst a = 1;\nmodule.exports = a;");
    expect(after).toContain('{\n  "type": "module",\n  "name": "x"\n}\n');
  });

  it('says nothing of other names', () => {
    expect(run('x is not defined', 'x;\n', 'x')).toEqual([]);
  });
});
