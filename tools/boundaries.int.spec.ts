/** The rules of .dependency-cruiser.cjs are shown to catch what they forbid, each on a small workspace of its own. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';

const ROOT = resolve(import.meta.dirname, '..');
const dirs: string[] = [];

afterEach(async () => {
  await Promise.all(dirs.splice(0).map((dir) => rm(dir, { recursive: true, force: true })));
});

/** Makes a workspace of the given files; every package that has one is linked, as npm links it. */
async function workspace(files: Record<string, string>): Promise<string> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'boundaries-')));
  dirs.push(dir);
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  };
  await write('package.json', JSON.stringify({ name: 'planted', private: true, workspaces: ['libs/*', 'apps/*'] }));
  const packages = new Set(Object.keys(files).map((path) => path.split('/').slice(0, 2).join('/')));
  await mkdir(join(dir, 'node_modules/@selfheal'), { recursive: true });
  for (const path of packages) {
    const name = `@selfheal/${path.split('/')[1]}`;
    await write(`${path}/package.json`, JSON.stringify({ name, type: 'module', exports: { '.': { types: './src/index.ts' } } }));
    await symlink(join(dir, path), join(dir, 'node_modules', name));
  }
  await write('node_modules/nats/package.json', JSON.stringify({ name: 'nats', main: 'index.js' }));
  await write('node_modules/nats/index.js', '');
  await Promise.all(Object.entries(files).map(([path, text]) => write(path, text)));
  return dir;
}

/** Names of the rules that the workspace breaks, each with the file that does. */
async function violations(files: Record<string, string>): Promise<string[]> {
  const cwd = await workspace(files);
  const bin = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [bin, 'apps', 'libs', '--config', join(ROOT, '.dependency-cruiser.cjs'), '-T', 'json'];
  await Promise.all(['apps', 'libs'].map((dir) => mkdir(join(cwd, dir), { recursive: true })));
  const stdout = await new Promise<string>((done, fail) => {
    // The exit code is the number of errors: what was found is read from the report.
    execFile(process.execPath, args, { cwd, maxBuffer: 64e6 }, (error, out, err) => (out ? done(out) : fail(error ?? new Error(err))));
  });
  const report = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  return [...new Set(report.summary.violations.map((v) => `${v.rule.name}: ${v.from}`))].sort();
}

const CONTRACTS = { 'libs/contracts/src/index.ts': 'export const a = 1;\nexport type A = number;\n' };

describe('the boundaries', () => {
  it('let a lower layer be imported by its public name, as value and as type', async () => {
    expect(
      await violations({
        ...CONTRACTS,
        'libs/engine/src/index.ts': "import { a } from '@selfheal/contracts';\nexport const b = a;\n",
        'apps/rca/src/main.ts':
          "import type { A } from '@selfheal/contracts';\nimport { b } from '@selfheal/engine';\nexport const c: A = b;\n",
      }),
    ).toEqual([]);
  });

  it('catch a wrong-way import, also when only a type is imported', async () => {
    expect(
      await violations({
        ...CONTRACTS,
        'libs/engine/src/index.ts': "import type { P } from '@selfheal/playbooks';\nexport const b: P = 1;\n",
        'libs/playbooks/src/index.ts': 'export type P = number;\n',
        'libs/git/src/index.ts': "export { main } from '@selfheal/rca';\n",
        'apps/rca/src/index.ts': 'export const main = 1;\n',
      }),
    ).toEqual(['layer-engine: libs/engine/src/index.ts', 'libs-never-import-apps: libs/git/src/index.ts']);
  });

  it('catch a neighbour of the same layer', async () => {
    expect(
      await violations({
        'libs/git/src/index.ts': "export { r } from '@selfheal/runner';\n",
        'libs/runner/src/index.ts': 'export const r = 1;\n',
      }),
    ).toEqual(['layer-git: libs/git/src/index.ts']);
  });

  it('catch a cycle between files, also one hidden behind a lazy import', async () => {
    expect(
      await violations({
        'libs/git/src/index.ts': "export { b } from './b.js';\nexport const a = 1;\n",
        'libs/git/src/b.ts': "export const b = async () => (await import('./index.js')).a;\n",
      }),
    ).toEqual(['no-cycles: libs/git/src/b.ts']);
  });

  it('catch an app that imports an app', async () => {
    expect(
      await violations({
        'apps/rca/src/index.ts': "export { p } from '@selfheal/patcher';\n",
        'apps/patcher/src/index.ts': 'export const p = 1;\n',
      }),
    ).toEqual(['apps-never-import-apps: apps/rca/src/index.ts']);
  });

  it('catch a deep import, by name and by path', async () => {
    expect(
      await violations({
        'libs/contracts/src/index.ts': '',
        'libs/contracts/src/inner.ts': 'export const i = 1;\n',
        'libs/engine/src/by-path.ts': "export { i } from '../../contracts/src/inner.js';\n",
        'libs/engine/src/by-name.ts': "export { i } from '@selfheal/contracts/src/inner.js';\n",
      }),
    ).toEqual(['public-api-only: libs/engine/src/by-path.ts', 'resolvable: libs/engine/src/by-name.ts']);
  });

  it('catch a framework and I/O in a decision, and leave handlers alone', async () => {
    const impure = "import { connect } from 'nats';\nimport { readFile } from 'node:fs/promises';\nexport const x = [connect, readFile];\n";
    expect(
      await violations({
        'apps/rca/src/decide-plan.ts': impure,
        'apps/rca/src/rca.controller.ts': impure,
        'libs/policy/src/checks/size.ts': impure,
      }),
    ).toEqual([
      'domain-without-framework: apps/rca/src/decide-plan.ts',
      'domain-without-framework: libs/policy/src/checks/size.ts',
      'domain-without-io: apps/rca/src/decide-plan.ts',
      'domain-without-io: libs/policy/src/checks/size.ts',
    ]);
  });

  it('catch a library that has no layer, and a shop that knows of selfheal', async () => {
    expect(
      await violations({
        ...CONTRACTS,
        'libs/extra/src/index.ts': "export { a } from '@selfheal/contracts';\n",
        'apps/shop/src/main.ts': "export { a } from '@selfheal/contracts';\n",
      }),
    ).toEqual(['shop-knows-nothing-of-selfheal: apps/shop/src/main.ts', 'unknown-lib: libs/extra/src/index.ts']);
  });
});
