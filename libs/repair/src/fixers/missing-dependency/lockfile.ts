import { applyEdits, type Edit, type JsonMember, jsonMembers } from '@selfheal/engine';
import { additionTo, type List } from './manifest.js';

/** The version of a package at the top of npm's lockfile (lockfileVersion 2 and 3). */
export function lockedVersion(lock: string | undefined, name: string): string | undefined {
  const version = packagesOf(lock ?? '')
    ?.find(({ key }) => key === `node_modules/${name}`)
    ?.members?.find(({ key }) => key === 'version')?.value;
  return typeof version === 'string' ? version : undefined;
}

/**
 * npm's lockfile after its manifest in `folder` ('' for the root) names a package that it holds: named in the copy of the
 * manifest, and no longer marked as a development dependency, with all that it needs, when it is none. Everything else
 * stays byte for byte. Nothing when the lockfile does not hold it.
 */
export function lockWith(lock: string, folder: string, list: List, name: string, range: string): string | undefined {
  const packages = packagesOf(lock);
  const manifest = packages?.find(({ key }) => key === folder);
  if (!packages || !manifest?.members || !packages.some(({ key }) => key === `node_modules/${name}`)) return undefined;
  const edit = additionTo(lock, manifest.members, list, name, range);
  if (!edit) return undefined;
  const freed = list === 'dependencies' ? closure(packages, `node_modules/${name}`).flatMap(withoutMark) : [];
  return applyEdits(lock, [edit, ...freed]);
}

const packagesOf = (lock: string): readonly JsonMember[] | undefined => jsonMembers(lock)?.find(({ key }) => key === 'packages')?.members;

/** A package and all that it depends on, found as Node finds it: in the nearest node_modules upwards. */
function closure(packages: readonly JsonMember[], start: string): JsonMember[] {
  const byKey = new Map(packages.map((each) => [each.key, each]));
  const seen = new Set<string>();
  const pending = [start];
  for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
    const entry = byKey.get(key);
    if (!entry || seen.has(key)) continue;
    seen.add(key);
    const needs = entry.members?.find((each) => each.key === 'dependencies')?.members ?? [];
    for (const need of needs) {
      let folder: string | undefined = key;
      while (folder !== undefined) {
        const guess: string = folder ? `${folder}/node_modules/${need.key}` : `node_modules/${need.key}`;
        if (byKey.has(guess)) {
          pending.push(guess);
          break;
        }
        folder = folder === '' ? undefined : folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules') - 1));
      }
    }
  }
  return [...seen].flatMap((key) => byKey.get(key) ?? []);
}

/** The edit that takes `"dev": true` from an entry. */
function withoutMark({ members = [] }: JsonMember): Edit[] {
  const at = members.findIndex(({ key, value }) => key === 'dev' && value === true);
  const [mark, next, previous] = [members[at], members[at + 1], members[at - 1]];
  if (!mark) return [];
  if (next) return [{ start: mark.keyAt.start, end: next.keyAt.start, text: '' }];
  return previous ? [{ start: previous.valueAt.end, end: mark.valueAt.end, text: '' }] : [];
}
