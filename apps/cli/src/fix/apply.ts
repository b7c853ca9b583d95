import { randomUUID } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readFile, realpath, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, posix, relative, sep } from 'node:path';
import type { FixedFile } from '@selfheal/repair';

/** The work tree is not what the heal started from, or the patch reaches where it must not. Nothing was changed. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

interface Step {
  readonly path: string;
  readonly before: Buffer | undefined;
  readonly after: string | null;
  readonly mode: number;
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  /** The topmost folder that has to be made for the file. */
  readonly newFolder: string | undefined;
}

/**
 * Writes the files of a patch into the work tree at `root`: all or none, each by a rename, so that nobody reads half a
 * file. Before the first byte is written every file must be what the heal started from; mode and owner stay.
 * @throws {NotApplicable} with what is in the way, for people
 */
export async function applyFiles(root: string, files: readonly FixedFile[]): Promise<void> {
  const base = await realpath(root);
  const steps: Step[] = [];
  for (const file of files) steps.push(await checked(base, file));
  const fresh = steps.map((step) => ({ step, path: join(dirname(step.path), `.selfheal-${randomUUID()}`) }));
  const done: Step[] = [];
  try {
    for (const { step, path } of fresh) await prepare(step, path);
    for (const { step, path } of fresh) {
      if (step.after === null) await rm(step.path);
      else await rename(path, step.path);
      done.push(step);
    }
  } catch (error) {
    for (const step of done.reverse()) await putBack(step);
    for (const { path } of fresh) await rm(path, { force: true });
    for (const { step } of fresh) await removeEmpty(step.newFolder, dirname(step.path));
    throw new NotApplicable(`the patch could not be written: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    for (const { path } of fresh) await rm(path, { force: true });
  }
}

async function checked(base: string, { path, before, after }: FixedFile): Promise<Step> {
  const parts = path.split('/');
  if (!path || posix.isAbsolute(path) || posix.normalize(path) !== path || parts.includes('..') || parts.includes('.git')) {
    throw new NotApplicable(`the patch names a path outside the work tree: ${path}`);
  }
  const full = join(base, path);
  const folder = await nearestRealpath(dirname(full));
  if (folder !== base && !folder.startsWith(base.endsWith(sep) ? base : base + sep)) {
    throw new NotApplicable(`${path} leads out of the work tree through a symbolic link`);
  }
  const info = await lstat(full).catch(() => undefined);
  if (!info) {
    if (before !== null) throw new NotApplicable(`${path} is no longer there`);
    return {
      path: full,
      before: undefined,
      after,
      mode: 0o666 & ~process.umask(),
      owner: undefined,
      newFolder: firstMissing(folder, full),
    };
  }
  if (!info.isFile()) throw new NotApplicable(`${path} is not a regular file`);
  const bytes = await readFile(full);
  if (before === null) throw new NotApplicable(`${path} has been created since the heal began`);
  if (!bytes.equals(Buffer.from(before))) throw new NotApplicable(`${path} has changed since the heal began`);
  return { path: full, before: bytes, after, mode: info.mode & 0o7777, owner: { uid: info.uid, gid: info.gid }, newFolder: undefined };
}

/** Where the nearest parent that exists really is. */
async function nearestRealpath(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch {
    return nearestRealpath(dirname(folder));
  }
}

async function prepare(step: Step, path: string): Promise<void> {
  if (step.after === null) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, step.after, { flag: 'wx', flush: true });
  if (step.owner) await chown(path, step.owner.uid, step.owner.gid).catch(() => undefined);
  await chmod(path, step.mode);
}

async function putBack({ path, before, mode }: Step): Promise<void> {
  if (before === undefined) return rm(path, { force: true });
  await writeFile(path, before, { mode });
}

/** The folder of `path` right below `folder`, which is the nearest that exists; undefined when that is the file's own. */
function firstMissing(folder: string, path: string): string | undefined {
  const own = dirname(path);
  return own === folder ? undefined : join(folder, relative(folder, own).split(sep)[0] ?? '');
}

/** Takes folders away again, from `from` up to `top`, as far as they are empty. */
async function removeEmpty(top: string | undefined, from: string): Promise<void> {
  for (let at = from; top && (at === top || at.startsWith(top + sep)); at = dirname(at)) await rmdir(at).catch(() => undefined);
}
