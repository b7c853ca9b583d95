import { chmod, lstat, mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Target, targetConfig } from '@selfheal/contracts';
import { commitAll, diffBetween, git, initRepository } from '@selfheal/git';
import { tmpDir } from '@selfheal/testing';
import type { DeployRequest, RollbackRequest } from '../../strategy.js';

export type Files = Readonly<Record<string, string | Buffer>>;

export const TRACE = 'ab'.repeat(16);
export const DIGEST = 'cd'.repeat(32);

/** A target that is a git repository of these files, whose runner takes orders at `controlUrl`. */
export interface WorkTree {
  readonly root: string;
  readonly base: string;
  target(controlUrl: string): Target;
  /** The diff that an edit of the work tree makes; the work tree itself is put back. */
  diffOf(edit: () => Promise<unknown>): Promise<string>;
  write(path: string, content: string | Buffer, mode?: number): Promise<void>;
}

export async function aWorkTree(files: Files): Promise<WorkTree> {
  const root = await realpath(await tmpDir('selfheal-deploy-'));
  const write = async (path: string, content: string | Buffer, mode = 0o644) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
    await chmod(join(root, path), mode);
  };
  for (const [path, content] of Object.entries(files)) await write(path, content, path.endsWith('.sh') ? 0o755 : 0o644);
  const base = await initRepository(root, 'first');
  return {
    root,
    base,
    write,
    target: (control_url) => ({
      root,
      config: targetConfig.parse({
        name: 'shop',
        start: { command: ['node', 'server.mjs'] },
        base_url: 'http://127.0.0.1:1',
        deploy: { strategy: 'hot-reload', control_url },
      }),
    }),
    async diffOf(edit) {
      await edit();
      const edited = await commitAll(root, { message: 'edit' });
      const diff = await diffBetween(root, base, edited);
      await git(root, ['reset', '--quiet', '--hard', base]);
      return diff;
    },
  };
}

/** Every file and directory below `root` but git's own: path, permissions and bytes. */
export async function bytesOf(root: string): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  for (const path of await readdir(root, { recursive: true })) {
    if (path === '.git' || path.startsWith('.git/')) continue;
    const stat = await lstat(join(root, path));
    seen[path] =
      `${(stat.mode & 0o777).toString(8)} ${stat.isDirectory() ? 'directory' : (await readFile(join(root, path))).toString('hex')}`;
  }
  return seen;
}

export const removed = (tree: WorkTree, path: string): Promise<void> => rm(join(tree.root, path));

export const deployRequest = (tree: WorkTree, controlUrl: string, diff: string, more: Partial<DeployRequest> = {}): DeployRequest => ({
  target: tree.target(controlUrl),
  traceId: TRACE,
  attempt: 1,
  diff,
  digest: DIGEST,
  baseRevision: tree.base,
  summary: 'returns refundCents',
  signal: AbortSignal.timeout(30_000),
  ...more,
});

export const rollbackRequest = (
  tree: WorkTree,
  controlUrl: string,
  revision: string,
  more: Partial<RollbackRequest> = {},
): RollbackRequest => ({
  target: tree.target(controlUrl),
  traceId: TRACE,
  attempt: 1,
  revision,
  previousRevision: tree.base,
  reason: 'it did not hold',
  signal: AbortSignal.timeout(30_000),
  ...more,
});
