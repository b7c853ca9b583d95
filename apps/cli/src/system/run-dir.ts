import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '@selfheal/stack';

export interface RunDir {
  readonly dir: string;
  /** Whether it is this run's alone and goes with it, since another run had the usual place. */
  readonly temporary: boolean;
  release(): Promise<void>;
}

/**
 * A folder for one run: `base` itself, or, while another run has that, one of its own below `base/runs`. The lock is a
 * file with its owner's pid, so one that a crash left behind is taken over.
 */
export async function claimRunDir(base: string): Promise<RunDir> {
  await mkdir(base, { recursive: true });
  const lock = join(base, 'lock');
  if (await takeLock(lock)) return { dir: base, temporary: false, release: () => rm(lock, { force: true }) };
  const dir = join(base, 'runs', String(process.pid));
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  return { dir, temporary: true, release: () => rm(dir, { recursive: true, force: true }) };
}

async function takeLock(lock: string): Promise<boolean> {
  for (let tries = 0; tries < 3; tries++) {
    try {
      const file = await open(lock, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
      // Empty: its owner is about to write its pid.
      if (!owner || isAlive(owner)) return false;
      await rm(lock, { force: true });
    }
  }
  return false;
}
