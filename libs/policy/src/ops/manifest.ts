import type { PatchFile } from '../facts.js';

/** Members of package.json that npm runs, or that decide what is loaded under a name. */
const RUNS = [
  'scripts',
  'bin',
  'gypfile',
  'overrides',
  'resolutions',
  'workspaces',
  'imports',
  'exports',
  'main',
  'type',
  'allowScripts',
  'config',
];
const DEPENDENCIES = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'bundledDependencies'];

/** A change of package.json may touch versions from the registry, never what runs. */
export function manifestProblems({ path, before, after }: PatchFile): string[] {
  if (after === null) return [`${path} is deleted`];
  const [was, now] = [members(before ?? '{}'), members(after)];
  const runs = RUNS.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(now[name])).map((name) => `${path} changes "${name}"`);
  const odd = DEPENDENCIES.flatMap((name) => {
    const [old, list] = [members(JSON.stringify(was[name] ?? {})), members(JSON.stringify(now[name] ?? {}))];
    return Object.entries(list)
      .filter(([key, value]) => old[key] !== value && !(typeof value === 'string' && /^[\^~<>=\d.x* |a-z-]*$/i.test(value)))
      .map(([key]) => `${path} takes ${JSON.stringify(key)} from outside the registry`);
  });
  return [...runs, ...odd];
}

function members(json: string): Record<string, unknown> {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null) throw new TypeError('package.json is not an object');
  return value as Record<string, unknown>;
}
