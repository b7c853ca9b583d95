import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

const made: string[] = [];
let cleaning = false;

/** A new empty directory. Call it in a spec file at top level, in a hook or in a test: it goes when the file is done. */
export async function tmpDir(prefix = 'selfheal-'): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), prefix));
  made.push(dir);
  return dir;
}

/** Registered on import, since a hook cannot be added while a test runs. */
export function removeTmpDirsAtTheEnd(): void {
  if (cleaning) return;
  cleaning = true;
  afterAll(async () => {
    await Promise.all(made.splice(0).map((dir) => rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })));
  });
}
removeTmpDirsAtTheEnd();
