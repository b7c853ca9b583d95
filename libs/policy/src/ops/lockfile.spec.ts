import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../evaluate.js';
import { patchOf } from '../fixtures/patch-of.js';

const limits = { allow: ['**'], deny: [], max_loc: 60, max_files: 3 };
const lock = (root: object, packages: object = { 'node_modules/ms': { version: '2.1.3', integrity: 'sha512-a' } }, more: object = {}) =>
  `${JSON.stringify({ name: 'app', lockfileVersion: 3, packages: { '': { name: 'app', ...root }, ...packages }, ...more }, null, 2)}\n`;
const BEFORE = lock({ dependencies: { debug: '^4.0.0' } });
const AFTER = lock({ dependencies: { debug: '^4.0.0', ms: '^2.1.3' } });
const allowlist = (after: string | null, playbook: string | undefined, path = 'package-lock.json', before: string | null = BEFORE) =>
  evaluate(patchOf(before, after, path, { limits, playbook })).allowlist;

describe('lockfiles', () => {
  it('may name a package that they hold, for the playbook missing-dependency', () => {
    expect(allowlist(AFTER, 'missing-dependency')).toBe(true);
  });

  it.each([undefined, 'null-access', 'Missing-Dependency', 'missing-dependency ', 'logic'])(
    'stay closed to the playbook %j',
    (playbook) => {
      expect(allowlist(AFTER, playbook)).toBe(false);
    },
  );

  it.each([
    ['a package that is not there', lock({ dependencies: { debug: '^4.0.0', evil: '1.0.0' } })],
    ['another version of a package', lock({ dependencies: { debug: '^3.0.0' } })],
    ['other bytes', lock({ dependencies: { debug: '^4.0.0' } }, { 'node_modules/ms': { version: '2.1.3', integrity: 'sha512-b' } })],
    [
      'one package more',
      lock({ dependencies: { debug: '^4.0.0' } }, { 'node_modules/ms': { version: '2.1.3', integrity: 'sha512-a' }, 'node_modules/x': {} }),
    ],
    ['one package less', lock({ dependencies: { debug: '^4.0.0' } }, {})],
    ['a script', lock({ dependencies: { debug: '^4.0.0' }, hasInstallScript: true })],
    ['a field at the top', lock({ dependencies: { debug: '^4.0.0' } }, undefined, { requires: false })],
    ['a dropped dependency', lock({ dependencies: {} })],
    ['no JSON', 'x\n'],
    ['nothing', null],
  ])('may not bring %s', (_, after) => {
    expect(allowlist(after, 'missing-dependency')).toBe(false);
  });

  it.each(['yarn.lock', 'pnpm-lock.yaml', 'npm-shrinkwrap.json', 'node_modules/package-lock.json', 'a/node_modules/b/package-lock.json'])(
    'of other kinds and places stay closed: %s',
    (path) => {
      expect(allowlist(AFTER, 'missing-dependency', path)).toBe(false);
    },
  );
});
