import { isDeepStrictEqual } from 'node:util';
import type { PatchFile } from '../facts.js';

/** The one playbook that may touch a lockfile, and the one lockfile whose changes can be judged: npm's own. */
const MAY_CHANGE_LOCKFILE = 'missing-dependency';

/** Whether a path is a lockfile that a patch of this playbook may change, within {@link lockfileProblems}. */
export const isOpenLockfile = (path: string, playbook: string | undefined): boolean =>
  playbook === MAY_CHANGE_LOCKFILE && /^(?:[^/]+\/)*package-lock\.json$/.test(path) && !path.includes('node_modules/');

const DEPENDENCIES = ['dependencies', 'devDependencies'] as const;
/** What npm derives from who depends on a package; it decides nothing about what is installed or from where. */
const DERIVED = new Set(['dev', 'devOptional', 'peer', 'extraneous']);

/**
 * What a change of package-lock.json (npm's lockfileVersion 2 and 3) does beyond naming, in the root's dependencies,
 * packages that the lockfile already holds: the entries of all packages (version, resolved, integrity, scripts) must be as
 * they were, so that a patch can never make an install fetch other bytes than before.
 * Source of the format: https://docs.npmjs.com/cli/configuring-npm/package-lock-json
 */
export function lockfileProblems({ path, before, after }: PatchFile): string[] {
  if (before === null || after === null) return [`${path} is ${before === null ? 'created' : 'deleted'}`];
  let was: Json;
  let now: Json;
  try {
    [was, now] = [objectOf(JSON.parse(before)), objectOf(JSON.parse(after))];
  } catch {
    return [`${path} is not JSON`];
  }
  const problems: string[] = [];
  const [oldPackages, packages] = [objectOf(was.packages), objectOf(now.packages)];
  if (!isDeepStrictEqual({ ...was, packages: 0 }, { ...now, packages: 0 })) problems.push(`${path} changes more than its list of packages`);
  for (const key of new Set([...Object.keys(oldPackages), ...Object.keys(packages)])) {
    if (key === '' || isDeepStrictEqual(withoutDerived(oldPackages[key]), withoutDerived(packages[key]))) continue;
    problems.push(`${path} changes what is installed as ${JSON.stringify(key.slice(0, 200))}`);
  }
  const [oldRoot, root] = [objectOf(oldPackages['']), objectOf(packages[''])];
  const rest = { dependencies: 0, devDependencies: 0 };
  if (!isDeepStrictEqual({ ...oldRoot, ...rest }, { ...root, ...rest }))
    problems.push(`${path} changes more of its root than dependencies`);
  for (const list of DEPENDENCIES) {
    const [old, next] = [objectOf(oldRoot[list]), objectOf(root[list])];
    for (const [name, range] of Object.entries(next)) {
      if (old[name] === range) continue;
      if (old[name] !== undefined) problems.push(`${path} changes the version of ${JSON.stringify(name)}`);
      else if (!Object.hasOwn(oldPackages, `node_modules/${name}`))
        problems.push(`${path} names ${JSON.stringify(name)}, which it does not hold`);
    }
    for (const name of Object.keys(old)) if (!Object.hasOwn(next, name)) problems.push(`${path} drops ${JSON.stringify(name)}`);
  }
  return problems;
}

type Json = Record<string, unknown>;

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function withoutDerived(entry: unknown): unknown {
  return entry === undefined ? undefined : Object.fromEntries(Object.entries(objectOf(entry)).filter(([key]) => !DERIVED.has(key)));
}
