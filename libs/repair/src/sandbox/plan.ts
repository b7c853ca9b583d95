import { readdirSync, readlinkSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { ignoredPaths } from './ignored.js';
import { type SandboxLimits, SandboxTooLargeError } from './limits.js';
import { type Entry, entryAt } from './listing.js';
import { dependencyLinks, realpathOrNone } from './node-modules.js';

/** What a sandbox will hold: everything by path relative to the root, parents before children. */
export interface CopyPlan {
  readonly dirs: Map<string, number>;
  readonly files: Map<string, Entry>;
  /** `to` is as it will be written, or with `inside` a path relative to the copy's root. */
  readonly links: Map<string, { readonly to: string; readonly inside: boolean }>;
  /** What was left out and why, for people. */
  readonly notes: string[];
}

const SKIPPED = new Set(['.git', '.hg', '.svn', '.selfheal']);

/** Reads the work tree and decides what is copied, what is linked and what is left out. Throws SandboxTooLargeError. */
export async function planCopy(root: string, limits: SandboxLimits, signal?: AbortSignal): Promise<CopyPlan> {
  const plan: CopyPlan = { dirs: new Map(), files: new Map(), links: new Map(), notes: [] };
  const open = [''];
  let seen = 0;
  for (let dir = open.pop(); dir !== undefined; dir = open.pop()) {
    for (const name of readdirSync(join(root, dir))) {
      if (SKIPPED.has(name)) continue;
      if (++seen % 500 === 0) {
        await breathe();
        signal?.throwIfAborted();
      }
      if (seen > limits.maxFiles * 2) throw new SandboxTooLargeError(`more than ${limits.maxFiles * 2} files`, `${limits.maxFiles} files`);
      const path = dir === '' ? name : `${dir}/${name}`;
      if (name === 'node_modules') addDependencies(plan, root, path);
      else addEntry(plan, root, path, open);
    }
  }
  await leaveOutIgnored(plan, root, limits);
  return plan;
}

function addDependencies(plan: CopyPlan, root: string, path: string): void {
  const { dirs, links } = dependencyLinks(root, path);
  for (const dir of dirs) plan.dirs.set(dir, 0o755);
  for (const { path: at, to, inside } of links) plan.links.set(at, { to, inside });
}

function addEntry(plan: CopyPlan, root: string, path: string, open: string[]): void {
  const entry = entryAt(join(root, path));
  if (entry === undefined) return;
  if (entry.kind === 'file') plan.files.set(path, entry);
  else if (entry.kind === 'dir') {
    plan.dirs.set(path, entry.mode);
    open.push(path);
  } else if (entry.kind === 'link') addLink(plan, root, path);
  else plan.notes.push(`${path} was left out: it is no file, directory or link`);
}

/** A link stays as it is when it is relative and stays inside; into dependencies it goes to the real place; else it is left out. */
function addLink(plan: CopyPlan, root: string, path: string): void {
  const target = readlinkSync(join(root, path));
  const inside = relative(root, resolve(dirname(join(root, path)), target));
  const escapes = inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  if (!escapes) {
    plan.links.set(path, isAbsolute(target) ? { to: inside, inside: true } : { to: target, inside: false });
    return;
  }
  const real = realpathOrNone(join(root, path));
  if (real?.split(sep).includes('node_modules')) plan.links.set(path, { to: real, inside: false });
  else plan.notes.push(`${path} was left out: it is a link to ${JSON.stringify(target)}, outside of the work tree`);
}

async function leaveOutIgnored(plan: CopyPlan, root: string, limits: SandboxLimits): Promise<void> {
  const bytes = () => [...plan.files.values()].reduce((sum, file) => sum + Number(file.size), 0);
  if (plan.files.size <= limits.softFiles && bytes() <= limits.softBytes) return;
  const ignored = await ignoredPaths(root);
  const over = () => plan.files.size > limits.maxFiles || bytes() > limits.maxBytes;
  const drop = (above: number) => {
    let dropped = 0;
    for (const [path, file] of plan.files) {
      if (Number(file.size) <= above || !ignored(path)) continue;
      plan.files.delete(path);
      dropped++;
    }
    if (dropped > 0) plan.notes.push(`${dropped} files that git ignores were left out${above > 0 ? ` (each over ${above} bytes)` : ''}`);
  };
  drop(limits.maxIgnoredFile);
  if (over()) drop(-1);
  if (plan.files.size > limits.maxFiles) throw new SandboxTooLargeError(`${plan.files.size} files`, `${limits.maxFiles} files`);
  if (bytes() > limits.maxBytes) throw new SandboxTooLargeError(`${mib(bytes())} MiB`, `${mib(limits.maxBytes)} MiB`);
}

const mib = (bytes: number) => Math.ceil(bytes / 2 ** 20);
