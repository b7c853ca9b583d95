import { nearestNames } from '@selfheal/engine';
import { type ConfigEntry, configEntries, renameEntry } from '../shared/config-entries.js';
import { type ConfigRead, configReads } from '../shared/config-reads.js';
import type { Proposal } from '../shared/playbook.js';
import type { Scene } from '../shared/scene.js';

export interface Misspelt {
  readonly read: ConfigRead;
  readonly summary: string;
  readonly confidence: number;
  readonly fixes: readonly Proposal[];
}

/** How alike two keys must be; the environment has many names of other programs, so it wants more. */
const NEAR = 0.65;
const NEAR_ENV = 0.75;

/** Reads of keys that no configuration file has while one has a near name which nothing reads, surest first. */
export function misspeltKeys(scene: Scene): Misspelt[] {
  const reads = configReads(scene.project);
  const entries = configEntries(scene.sources).filter(({ format }) => format !== 'script');
  if (entries.length === 0) return [];
  const said = `${scene.failure.error.message.slice(0, 2000)} ${scene.failure.error.stack?.slice(0, 4000) ?? ''}`;
  const suspects = new Set(scene.suspects.map(({ node }) => node));
  return reads
    .flatMap((read) => {
      const relevant = entries.filter(({ format }) => (format === 'env') === read.env);
      const miss = firstUnknown(read, relevant);
      if (!miss) return [];
      const { key, depth, siblings } = miss;
      const unread = siblings.filter(({ keys }) => !reads.some((other) => other.env === read.env && startsWith(other.keys, keys)));
      const near = nearestNames(
        key,
        unread.map(({ keys }) => keys[depth] ?? ''),
        read.env ? NEAR_ENV : NEAR,
      )[0];
      if (!near) return [];
      const named = [key, near.name].some((name) => new RegExp(`\\b${escaped(name)}\\b`).test(said));
      const inSuspect = read.file.ancestorsOf(read.node).some((node) => suspects.has(node as never));
      const summary = `${read.keys.join('.')} is read; the configuration has ${near.name}`;
      const fixes = fixesFor(scene, read, { key, depth, near, holders: unread.filter(({ keys }) => keys[depth] === near.name) });
      return [{ read, summary, confidence: (named ? 0.95 : inSuspect ? 0.85 : 0.5) * (0.5 + 0.5 * near.score), fixes }];
    })
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, 10);
}

/** The first part of the read path that the configuration does not have, and what it has in its place. */
function firstUnknown(
  read: ConfigRead,
  entries: readonly ConfigEntry[],
): { key: string; depth: number; siblings: ConfigEntry[] } | undefined {
  for (const [depth, key] of read.keys.entries()) {
    const above = read.keys.slice(0, depth);
    const siblings = entries.filter(({ keys }) => keys.length === depth + 1 && startsWith(keys, above));
    // Below a list or a text there are properties of JavaScript, not keys.
    if (siblings.length === 0) return undefined;
    if (!siblings.some(({ keys }) => keys[depth] === key)) return key in Object.prototype ? undefined : { key, depth, siblings };
  }
  return undefined;
}

const startsWith = (keys: readonly string[], above: readonly string[]): boolean => above.every((key, i) => keys[i] === key);

interface Miss {
  readonly key: string;
  readonly depth: number;
  readonly near: { readonly name: string; readonly score: number };
  readonly holders: readonly ConfigEntry[];
}

function fixesFor({ sources }: Scene, read: ConfigRead, { key, depth, near, holders }: Miss): Proposal[] {
  const count = (name: string) =>
    [...sources.files.values()].reduce((sum, text) => sum + text.split(new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])`)).length - 1, 0);
  // The spelling that is used more often elsewhere is the right one; of equals the code's reader adapts.
  const wanted = count(key) - 1;
  const had = count(near.name) - holders.length;
  const fixes: Proposal[] = [];
  const edit = read.rename(depth, near.name);
  if (edit)
    fixes.push({
      edits: { [read.file.path]: [edit] },
      template: 'config-file/read',
      summary: `read ${near.name} instead of ${key}`,
      score: (had >= wanted ? 0.9 : 0.7) * (0.6 + 0.4 * near.score),
    });
  const renames = Object.fromEntries(
    [...new Set(holders.map(({ path }) => path))].map((path) => [
      path,
      holders.filter((each) => each.path === path).map((each) => renameEntry(each, key, sources.files.get(path) ?? '')),
    ]),
  );
  if (holders.length > 0)
    fixes.push({
      edits: renames,
      template: 'config-file/rename',
      summary: `rename the key ${near.name} to ${key}`,
      score: (had >= wanted ? 0.75 : 0.92) * (0.6 + 0.4 * near.score),
    });
  return fixes;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
