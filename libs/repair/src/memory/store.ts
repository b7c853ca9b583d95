import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Memory, memorySchema, NO_MEMORY } from './memory.js';

/** A memory file is never larger. Bytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The memory in a file; empty when there is none. A file that is not what we wrote is set aside as `<path>.broken`, with a
 * note for people: it is neither used nor lost. Never rejects.
 */
export async function readMemory(path: string): Promise<{ memory: Memory; note?: string }> {
  try {
    const info = await lstat(path);
    if (!info.isFile() || info.size > MAX_BYTES) throw new Error('it is no regular file of a sane size');
    return { memory: memorySchema.parse(JSON.parse(await readFile(path, 'utf8'))) };
  } catch (error) {
    if (isMissing(error)) return { memory: NO_MEMORY };
    const aside = `${path}.broken`;
    const moved = await rename(path, aside).then(
      () => `set aside as ${aside}`,
      () => 'not used',
    );
    return { memory: NO_MEMORY, note: `the memory of earlier heals cannot be read and was ${moved}` };
  }
}

/** Writes the memory by a rename, so that nobody reads half of it. @throws {Error} of the file system */
export async function writeMemory(path: string, memory: Memory): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const fresh = `${path}.${randomUUID()}`;
  try {
    await writeFile(fresh, `${JSON.stringify(memory)}\n`, { flag: 'wx', flush: true, mode: 0o600 });
    await rename(fresh, path);
  } finally {
    await rm(fresh, { force: true });
  }
}

/** Forgets everything, what was set aside too. Nothing there: nothing to do. @throws {Error} of the file system */
export async function forgetMemory(path: string): Promise<void> {
  for (const file of [path, `${path}.broken`]) await rm(file, { force: true });
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
