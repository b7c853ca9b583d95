import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import type { SourceSnapshot } from '@selfheal/contracts';
import { applyEdits, jsonMembers, nearestNames, SourceFile } from '@selfheal/engine';
import { isTestPath } from '../../work-tree/tests.js';
import type { Fix, Fixer, FixerContext } from '../fixer.js';
import { importsOf } from './imports.js';
import { lockedVersion, lockWith } from './lockfile.js';
import { declaredIn, manifestWith } from './manifest.js';
import { type MissingName, missingNames } from './missing-name.js';

/** How alike a name must be to be taken for a slip of the pen. */
const NEAR = 0.75;

/**
 * Code imports a package that its manifest does not name. Only two things are ever done: a package that is installed or in
 * the lockfile already is named in the manifest (and in npm's lockfile, at the version that is there); a name that is in
 * neither and near one that is declared is corrected in the code. A name is never taken from anywhere else, and nothing
 * is downloaded: whoever registers a misspelt name gains nothing.
 */
export const missingDependency: Fixer = {
  name: 'missing-dependency',
  family: 'build',
  title: 'A package is imported that the manifest does not name',
  applies: (failure, snapshot) => snapshot.files.has('package.json') && missingNames(failure).length > 0,
  async propose(context) {
    const fixes: Fix[] = [];
    for (const missing of missingNames(context.failure)) {
      context.signal.throwIfAborted();
      const importers = importersOf(missing, context.snapshot);
      if (importers.length === 0) continue;
      const manifest = manifestFor(importers[0] ?? '', context.snapshot);
      const declared = declaredIn(context.snapshot.files.get(manifest) ?? '{}');
      const version = declared.includes(missing.name) ? undefined : await presentVersion(missing.name, context);
      if (version) fixes.push(...naming(missing, version, manifest, importers, context));
      else if (!declared.includes(missing.name)) fixes.push(...respelling(missing, declared, importers, context));
    }
    return fixes.sort((a, b) => b.weight - a.weight);
  },
};

/** The version that is installed or locked at the top: what an import would get. */
async function presentVersion(name: string, { root, snapshot }: FixerContext): Promise<string | undefined> {
  const locked = lockedVersion(snapshot.files.get('package-lock.json'), name);
  if (locked) return locked;
  const text = await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8').catch(() => '');
  const version = jsonMembers(text)?.find(({ key }) => key === 'version')?.value;
  return typeof version === 'string' && /^\d+\.\d+\.\d+[\w.+-]{0,100}$/.test(version) ? version : undefined;
}

/** Names the package in the manifest and, where npm keeps one, in the lockfile's copy of it. */
function naming({ name }: MissingName, version: string, manifest: string, importers: readonly string[], context: FixerContext): Fix[] {
  const { snapshot, editable } = context;
  const list = name.startsWith('@types/') || importers.every(isTestPath) ? 'devDependencies' : 'dependencies';
  const before = snapshot.files.get(manifest);
  const added = before === undefined ? undefined : manifestWith(before, list, name, version);
  // Another package manager's lockfile cannot be kept in step here: a manifest without it would break its installs.
  const foreign = ['pnpm-lock.yaml', 'yarn.lock', 'bun.lock'].some((path) => snapshot.files.has(path));
  if (!added || !editable(manifest) || foreign) return [];
  const patch = new Map([[manifest, added.text]]);
  const lock = snapshot.files.get('package-lock.json');
  if (lock !== undefined) {
    const after = lockWith(lock, manifest.replace(/\/?package\.json$/, ''), list, name, added.range);
    if (after === undefined) return [];
    patch.set('package-lock.json', after);
  }
  return [
    { patch, template: 'missing-dependency/manifest', summary: `name ${name} ${added.range} in ${list} of ${manifest}`, weight: 0.9 },
  ];
}

/** The import's name corrected to the declared one that it is near to, or to one of Node's own modules. */
function respelling(
  { specifier, name }: MissingName,
  declared: readonly string[],
  importers: readonly string[],
  context: FixerContext,
): Fix[] {
  const own = builtinModules.filter((each) => !each.startsWith('_'));
  const near = [...nearestNames(name, declared, NEAR), ...nearestNames(name, own, 0.8)].sort((a, b) => b.score - a.score).slice(0, 3);
  return near.flatMap(({ name: meant, score }) => {
    const patch = new Map<string, string>();
    for (const path of importers.filter(context.editable)) {
      const text = context.snapshot.files.get(path) ?? '';
      const edits = importsOf(new SourceFile(path, text)).flatMap(({ specifier: used, at }) =>
        used === specifier ? [{ start: at.start + 1, end: at.end - 1, text: specifier.replace(name, () => meant) }] : [],
      );
      patch.set(path, applyEdits(text, edits));
    }
    return patch.size === 0
      ? []
      : [{ patch, template: 'missing-dependency/import', summary: `import ${meant} instead of ${name}`, weight: 0.85 * score }];
  });
}

/** The files that import it. */
function importersOf({ specifier }: MissingName, snapshot: SourceSnapshot): string[] {
  const found = [];
  for (const [path, text] of snapshot.files) {
    if (!/\.[cm]?[jt]sx?$/.test(path) || !text.includes(specifier)) continue;
    if (importsOf(new SourceFile(path, text)).some((each) => each.specifier === specifier)) found.push(path);
  }
  return found;
}

/** The nearest manifest above a file. */
function manifestFor(path: string, snapshot: SourceSnapshot): string {
  const parts = path.split('/').slice(0, -1);
  for (; parts.length > 0; parts.pop()) if (snapshot.files.has(`${parts.join('/')}/package.json`)) return `${parts.join('/')}/package.json`;
  return 'package.json';
}
