import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { moduleNotFound } from './index.js';

const run = (message: string, source: string, files: Record<string, string>, path = 'lib/Widget.js') =>
  heal(moduleNotFound, { files: { ...files, [path]: source }, failure: { error: { name: 'Error', message } } }).after;

describe('module-not-found', () => {
  it('minds upper and lower case (https://github.com/paymentwall/paymentwall-node/issues/17)', () => {
    const message = "Cannot find module './base'\nRequire stack:\n- /srv/lib/Widget.js";
    expect(run(message, "var Base = require('./base');\n", { 'lib/Base.js': '' })[0]).toBe("var Base = require('./Base');\n");
  });

  it.each([
    ["Cannot find module './utls'", "const u = require('./utls');\n", "const u = require('./utils');\n"],
    ["Cannot find module './utils'", "const u = require('./utils');\n", "const u = require('../src/utils');\n", { 'src/utils.js': '' }],
    ["Cannot find module '/srv/lib/utils' imported from /srv/lib/Widget.js", "import u from './utils';\n", "import u from './utils.js';\n"],
    [
      "Directory import '/srv/lib/parts' is not supported resolving ES modules",
      "import u from './parts';\n",
      "import u from './parts/index.js';\n",
      { 'lib/parts/index.js': '' },
    ],
  ])('%s', (message, before, after, files: Record<string, string> = { 'lib/utils.js': '' }) => {
    expect(run(message, before, files)).toContain(after);
  });

  it('knows the packages of the manifest and the modules of Node', () => {
    const files = { 'package.json': '{ "dependencies": { "lodash": "4" } }' };
    expect(run("Cannot find module 'loadash'", "const _ = require('loadash');\n", files)[0]).toBe("const _ = require('lodash');\n");
    expect(run("Cannot find package 'chid_process' imported from /srv/lib/Widget.js", "import c from 'chid_process';\n", files)[0]).toBe(
      "import c from 'child_process';\n",
    );
  });

  it('has nothing for a package that is not installed, nor without such a load', () => {
    expect(run("Cannot find module 'left-pad'", "require('left-pad');\n", { 'package.json': '{}' })).toEqual([]);
    expect(run("Cannot find module './x'", 'f();\n', {})).toEqual([]);
  });
});
