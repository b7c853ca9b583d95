import { mkdir, mkdtemp, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Target } from '@selfheal/contracts';

/** Older ones were left by a process that was killed. Milliseconds. */
const STALE_MS = 3_600_000;

/**
 * A new directory for the work trees of one trial. It is beside the target's root, so that packages found by walking up
 * are the same ones; where that cannot be written, among the temporary files.
 */
export async function makeBox({ root, config }: Target): Promise<{ dir: string; remove(): Promise<void> }> {
  const name = `.sandboxes-${config.name}`;
  const parents = [join(dirname(root), name), join(tmpdir(), name)];
  for (const parent of parents) {
    const dir = await makeIn(parent).catch(() => undefined);
    if (!dir) continue;
    void removeStale(parent).catch(() => {});
    const remove = async () => {
      await rm(dir, { recursive: true, force: true, maxRetries: 3 });
      // Only when it was the last one.
      await rmdir(parent).catch(() => {});
    };
    return { dir, remove };
  }
  throw new Error(`no directory for a sandbox can be made: ${parents.join(', ')}`);
}

async function makeIn(parent: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    await mkdir(parent, { recursive: true });
    try {
      return await mkdtemp(join(parent, 'trial-'));
    } catch (error) {
      // Another trial has just removed the empty parent.
      if (attempt >= 5) throw error;
    }
  }
}

async function removeStale(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const dir = join(parent, name);
    const { mtimeMs } = await stat(dir);
    if (Date.now() - mtimeMs > STALE_MS) await rm(dir, { recursive: true, force: true });
  }
}
