import type { Target } from '@selfheal/contracts';
import { git, headRevision, isClean, treeOf } from '@selfheal/git';
import { ReloadFailed, RunnerClient } from '@selfheal/runner';
import { controlUrl } from '../../registry.js';
import { controlToken } from '../../targets.config.js';
import {
  type Deployed,
  DeployFailed,
  type DeployRequest,
  type DeployStrategy,
  type RollbackRequest,
  type RolledBack,
} from '../strategy.js';
import { landCommit, writeFilesOf } from './land-commit.js';
import { commitMessage, commitOfDiff, commitOfRevision, trailerOf } from './make-commit.js';

const DEPLOY = 'Selfheal-Deploy';
const ROLLBACK = 'Selfheal-Rollback';

/** A git commit in the target's work tree, then a zero-downtime reload by its runner. */
export const hotReload: DeployStrategy = { name: 'hot-reload', deploy, rollback };

async function deploy(request: DeployRequest): Promise<Deployed> {
  const { target, signal } = request;
  const landed = await landPatch(request);
  try {
    return { ...landed, reloadMs: await reload(target, signal) };
  } catch (error) {
    // Told to stop is not a failure: whoever gets the work next finds the commit and goes on from there.
    signal.throwIfAborted();
    await putBack(target.root, landed.revision, landed.previousRevision, `${id(request)} reload failed`);
    if (!(error instanceof ReloadFailed)) await reloadIfPossible(target, signal);
    throw new DeployFailed('reload-failed', `the patched target did not come up: ${messageOf(error)}`, { cause: error });
  }
}

async function rollback({ target, revision, previousRevision, traceId, attempt, reason, signal }: RollbackRequest): Promise<RolledBack> {
  const restored = await putBack(target.root, revision, previousRevision, `${id({ traceId, attempt })} ${reason}`);
  try {
    await reload(target, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new DeployFailed('reload-failed', `the old bytes are back but did not come up: ${messageOf(error)}`, { cause: error });
  }
  return { revision: restored, tree: await treeOf(target.root, restored) };
}

/** Commits the patch and writes it; or finishes writing when an earlier try committed it and was killed. */
async function landPatch(request: DeployRequest): Promise<{ revision: string; previousRevision: string }> {
  const { root } = request.target;
  const head = await headRevision(root);
  const mark = `${id(request)} ${request.digest}`;
  if ((await trailerOf(root, head, DEPLOY)) === mark) {
    const previousRevision = (await git(root, ['rev-parse', `${head}^`])).trim();
    await writeFilesOf(root, previousRevision, head);
    return { revision: head, previousRevision };
  }
  if (head !== request.baseRevision) {
    await refuseTakenBack(request, head, mark);
    throw new DeployFailed('base-drifted', `the patch was proven on ${request.baseRevision}, the target is at ${head} now`);
  }
  if (!(await isClean(root))) throw new DeployFailed('dirty-tree', `${root} has changes that are not committed: commit or remove them`);
  const revision = await commitOfDiff(root, head, request.diff, commitMessage(request.summary, { [DEPLOY]: mark }));
  await landCommit(root, head, revision);
  return { revision, previousRevision: head };
}

/** An earlier try deployed this patch, took it back because it did not come up, and was killed before it could say so. */
async function refuseTakenBack({ target, signal }: DeployRequest, head: string, mark: string): Promise<void> {
  const { root } = target;
  const patched = await trailerOf(root, head, ROLLBACK);
  if (!/^[0-9a-f]{40,64}$/.test(patched) || (await trailerOf(root, patched, DEPLOY).catch(() => '')) !== mark) return;
  await writeFilesOf(root, patched, head);
  await reloadIfPossible(target, signal);
  throw new DeployFailed('reload-failed', 'the patched target did not come up, and the old bytes are back');
}

/** Puts the bytes of `previous` on top of `revision`. Done before? Then it only makes sure of the files. */
async function putBack(root: string, revision: string, previous: string, why: string): Promise<string> {
  const head = await headRevision(root);
  if (head !== revision && (await trailerOf(root, head, ROLLBACK)) === revision) {
    await writeFilesOf(root, revision, head);
    return head;
  }
  if (head !== revision) throw new DeployFailed('base-drifted', `${revision} is to be rolled back, but the target is at ${head} now`);
  await writeFilesOf(root, previous, revision);
  const restored = await commitOfRevision(root, previous, revision, commitMessage(`Roll back: ${why}`, { [ROLLBACK]: revision }));
  await landCommit(root, revision, restored);
  return restored;
}

async function reload(target: Target, signal: AbortSignal): Promise<number> {
  const started = performance.now();
  await new RunnerClient(controlUrl(target), controlToken()).reload({ signal });
  return performance.now() - started;
}

/** Makes the bytes on disk the live ones when nobody knows which are. A runner that is away takes them when it comes back. */
async function reloadIfPossible(target: Target, signal: AbortSignal): Promise<void> {
  await reload(target, signal).catch(() => undefined);
  signal.throwIfAborted();
}

const id = ({ traceId, attempt }: { readonly traceId: string; readonly attempt: number }): string => `${traceId}/${attempt}`;
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
