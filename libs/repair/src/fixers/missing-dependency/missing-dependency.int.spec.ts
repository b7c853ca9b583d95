import { describe, expect, it } from '@jest/globals';
import { evaluate } from '@selfheal/policy';
import { asDiff } from '../../guard/guard.js';
import { useFailingCommand } from '../testing/failing-command.js';
import { missingDependency } from './missing-dependency.js';

/** What linters do with import/no-extraneous-dependencies: every import must be named in the manifest. */
const CHECK = `
const { readFileSync, readdirSync } = require('node:fs');
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages[''];
const named = { ...manifest.dependencies, ...manifest.devDependencies };
for (const list of ['dependencies', 'devDependencies'])
  if (JSON.stringify(manifest[list]) !== JSON.stringify(lock[list])) throw new Error('package.json and package-lock.json are not in sync');
for (const path of readdirSync('.').filter((each) => each.endsWith('.mjs')))
  for (const [, name] of readFileSync(path, 'utf8').matchAll(/from '([^']+)'/g))
    if (!name.startsWith('node:') && !named[name]) throw new Error("'" + name + "' should be listed in the project's dependencies.");
`;
const MANIFEST =
  '{\n  "name": "mailer",\n  "dependencies": {\n    "@tryghost/errors": "^1.0.0",\n    "bson-objectid": "^2.0.4"\n  },\n  "version": "1.0.0"\n}\n';
const LOCK = `${JSON.stringify(
  {
    name: 'mailer',
    lockfileVersion: 3,
    packages: {
      '': { name: 'mailer', dependencies: { '@tryghost/errors': '^1.0.0', 'bson-objectid': '^2.0.4' } },
      'node_modules/@tryghost/tpl': { version: '0.1.17', integrity: 'sha512-a', dev: true, dependencies: { 'lodash.template': '^4.5.0' } },
      'node_modules/lodash.template': { version: '4.5.0', dev: true },
    },
  },
  null,
  '\t',
)}\n`;
const FILES = { 'check.cjs': CHECK, 'package.json': MANIFEST, 'package-lock.json': LOCK };

const run = useFailingCommand();
const failing = (files: Record<string, string>, args = ['check.cjs']) => run(files, args);

describe('missing-dependency', () => {
  // github.com/TryGhost/framework/pull/738: nodemailer required @tryghost/tpl without naming it; it resolved by hoisting alone.
  it('names a package that is locked, in manifest and lockfile', async () => {
    const command = await failing({ ...FILES, 'mail.mjs': "import tpl from '@tryghost/tpl';\n" });
    expect(command.failed.output).toContain('should be listed');
    const [fix, ...more] = await command.fixes(missingDependency);
    expect(more).toEqual([]);
    expect(fix?.patch.get('package.json')).toBe(
      MANIFEST.replace('    "bson-objectid"', '    "@tryghost/tpl": "^0.1.17",\n    "bson-objectid"'),
    );
    expect(fix?.patch.get('package-lock.json')).toBe(
      LOCK.replace('\t\t\t\t"bson-objectid"', '\t\t\t\t"@tryghost/tpl": "^0.1.17",\n\t\t\t\t"bson-objectid"')
        .replace('\t\t\t"dev": true,\n', '')
        .replace(',\n\t\t\t"dev": true', ''),
    );
    expect((await command.runWith(fix?.patch ?? new Map())).exitCode).toBe(0);
  });

  it('brings a lockfile past the guardrails, as no other playbook may', async () => {
    const command = await failing({ ...FILES, 'mail.mjs': "import tpl from '@tryghost/tpl';\n" });
    const [fix] = await command.fixes(missingDependency);
    const patch = asDiff(fix?.patch ?? new Map(), command.context.snapshot.files);
    const limits = { allow: ['**'], deny: [], max_loc: 60, max_files: 3 };
    const judged = (playbook: string) =>
      evaluate({ ...patch, limits, playbook }).checks.filter(({ check, passed }) => !passed && !/inverse|types/.test(check));
    expect(judged(missingDependency.name)).toEqual([]);
    expect(judged('lint-autofix')).toMatchObject([{ check: 'allowlist', reason: expect.stringContaining('lockfile') }]);
  });

  it('puts what only tests import among the development dependencies', async () => {
    const command = await failing({ ...FILES, 'mail.test.mjs': "import tpl from '@tryghost/tpl';\n" });
    const [fix] = await command.fixes(missingDependency);
    expect(fix?.patch.get('package.json')).toContain('"devDependencies": {\n    "@tryghost/tpl": "^0.1.17"\n  }');
    expect((await command.runWith(fix?.patch ?? new Map())).exitCode).toBe(0);
  });

  it('corrects a misspelt name in the code, and never names what is not there', async () => {
    const command = await failing({ ...FILES, 'mail.mjs': "import id from 'bson-objetcid';\n" });
    expect(await command.fixes(missingDependency)).toMatchObject([
      { template: 'missing-dependency/import', patch: new Map([['mail.mjs', "import id from 'bson-objectid';\n"]]) },
    ]);
  });

  it('corrects the name of a module of Node that really does not load', async () => {
    const command = await failing({ ...FILES, 'run.cjs': "require('child-process');\n" }, ['run.cjs']);
    expect(command.failed.output).toContain("Cannot find module 'child-process'");
    const [fix] = await command.fixes(missingDependency);
    expect(fix?.patch).toEqual(new Map([['run.cjs', "require('child_process');\n"]]));
    expect((await command.runWith(fix?.patch ?? new Map())).exitCode).toBe(0);
  });

  it.each(['left-pad', './local', 'node:fsx', '../../etc/passwd', '@a/../../b', 'file:///etc/passwd', '#private'])(
    'proposes nothing for %s, which is neither installed, nor locked, nor near a name',
    async (name) => {
      const command = await failing({ ...FILES, 'run.cjs': `require(${JSON.stringify(name)});\n` }, ['run.cjs']);
      expect(await command.fixes(missingDependency)).toEqual([]);
    },
  );

  it('leaves a manifest alone whose lockfile is that of another package manager', async () => {
    const { 'package-lock.json': _, ...rest } = FILES;
    const command = await failing(
      { ...rest, 'pnpm-lock.yaml': '{}\n', 'node_modules/tpl/package.json': '{"version":"1.0.0"}', 'run.cjs': "require('tpl');\n" },
      ['run.cjs'],
    );
    expect(await command.fixes(missingDependency)).toEqual([]);
  });
});
