import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import type { Patch } from '../oracle/oracle.js';
import { copyTree } from './copy.js';
import { SANDBOX_LIMITS, type SandboxLimits } from './limits.js';
import { type Change, type Entry, entryAt } from './listing.js';
import { planCopy } from './plan.js';
import { listCopy, putBack } from './restore.js';
import { WrittenFiles } from './written.js';

/**
 * A private copy of a work tree, to run a command in. One run at a time; several sandboxes of one work tree are normal.
 * Dependencies (`node_modules`) are links to the real ones, so what a run does to them is not undone.
 */
export interface Sandbox {
  /** Absolute real path of the copy; has the same base name as the original. */
  readonly root: string;
  /** Absolute real path of the original. */
  readonly origin: string;
  /** The original as the caller spelled it (absolute), where that differs from `origin`, and `origin`. */
  readonly originNames: readonly string[];
  /** TMPDIR of the runs; empty at first, deleted by `close`. */
  readonly tmp: string;
  /** For selfheal's own files about the runs; deleted by `close`. */
  readonly scratch: string;
  /** What was left out of the copy and why, one sentence each. */
  readonly notes: readonly string[];
  /** Writes a candidate's texts. Throws SandboxPathError for a path that leaves the copy; then nothing is written. */
  write(patch: Patch): Promise<void>;
  /**
   * Puts back what `write` wrote and everything that runs deleted, changed or created (caches of well-known tools may
   * stay). @returns what the runs did, not what `write` did: empty after a run that leaves no traces. Throws
   * WorkTreeChangedError when that needs a file of the original that is no longer as it was.
   */
  restore(): Promise<readonly Change[]>;
  /** Deletes everything. Safe to call twice. */
  close(): Promise<void>;
}

export interface SandboxOptions {
  readonly signal?: AbortSignal;
  readonly limits?: SandboxLimits;
}

/** Copies the work tree at `root`. Works with no git. Throws SandboxTooLargeError, and the signal's reason when it fires. */
export async function openSandbox(root: string, { signal, limits = SANDBOX_LIMITS }: SandboxOptions = {}): Promise<Sandbox> {
  signal?.throwIfAborted();
  const origin = realpathSync(root);
  if (!statSync(origin).isDirectory()) throw new TypeError(`${root} is not a directory`);
  const home = mkdtempSync(join(tempOutside(origin), 'selfheal-fix-'));
  const close = async () => rmSync(home, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
  try {
    const plan = await planCopy(origin, limits, signal);
    const copy = join(home, 'tree', copyName(origin));
    const tmp = join(home, 'tmp');
    const scratch = join(home, 'runs');
    for (const dir of [copy, tmp, scratch]) mkdirSync(dir, { recursive: true });
    await copyTree(origin, copy, plan, signal);
    const listing: Map<string, Entry> = listCopy(copy, new Map([...plan.dirs.keys(), ...plan.files.keys()].map((path) => [path, NOTHING])));
    const written = new WrittenFiles(copy);
    const created = new Set<string>();
    return {
      root: copy,
      origin,
      originNames: [...new Set([root, origin])],
      tmp,
      scratch,
      notes: plan.notes,
      write: async (patch) => {
        written.write(patch);
        for (const path of patch.keys()) {
          for (let dir = dirname(path); dir !== '.'; dir = dirname(dir)) if (!listing.has(dir)) created.add(dir);
        }
      },
      restore: async () => {
        const touched = written.undo((path, entry) => {
          if (entry !== undefined && listing.has(path)) listing.set(path, entry);
        });
        const changes = putBack(origin, copy, plan, listing).filter(({ path }) => !created.has(path));
        created.clear();
        return [...touched, ...changes.filter(({ path }) => !touched.some((file) => file.path === path))];
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const NOTHING: Entry = { kind: 'other', size: 0n, mtimeNs: 0n, ino: 0n, mode: 0 };

/** The system's temporary directory, unless that is inside of the work tree. */
function tempOutside(origin: string): string {
  const temp = realpathSync(tmpdir());
  return temp === origin || temp.startsWith(origin + sep) ? dirname(origin) : temp;
}

/** Some tools look at the name of the directory that they run in; some ignore everything below a node_modules. */
function copyName(origin: string): string {
  const name = basename(origin);
  return name === '' || name === 'node_modules' || entryAt(origin) === undefined ? 'work' : name;
}
