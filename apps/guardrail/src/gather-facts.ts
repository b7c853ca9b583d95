import { createHash } from 'node:crypto';
import type { Candidate, Target } from '@selfheal/contracts';
import { GitError, git } from '@selfheal/git';
import { type AppliedFile, applyToFiles, type PatchFacts, pathsOf } from '@selfheal/policy';

/** More paths than any policy allows are not read at all. */
const MAX_PATHS = 100;

/** The facts of a candidate that need no sandbox: its files before and after, from git's objects. Executes nothing of the patch. */
export async function gatherFacts(target: Target, baseRevision: string, candidate: Candidate, signal: AbortSignal): Promise<PatchFacts> {
  const { diff } = candidate;
  const facts = { diff, limits: target.config.guardrails };
  if (createHash('sha256').update(diff).digest('hex') !== candidate.digest) {
    return { ...facts, files: [], unreadable: 'the digest is not that of the diff' };
  }
  const paths = pathsOf(diff);
  if (paths.length > MAX_PATHS) return { ...facts, files: [], unreadable: `${paths.length} files` };
  const base = new Map<string, AppliedFile>();
  for (const path of paths) {
    const file = await baseFile(target.root, baseRevision, path, signal);
    if (file) base.set(path, file);
  }
  try {
    return { ...facts, files: applyToFiles(diff, (path) => base.get(path)) };
  } catch (error) {
    return { ...facts, files: [], unreadable: error instanceof Error ? error.message : String(error) };
  }
}

/** A file of the base revision with its mode; nothing when there is none of that path. The path is hostile. */
async function baseFile(root: string, revision: string, path: string, signal: AbortSignal): Promise<AppliedFile | undefined> {
  if (path.includes('\0') || path.startsWith('/') || path.split('/').includes('..')) return undefined;
  try {
    const entry = await git(root, ['ls-tree', '-z', '--full-tree', revision, '--', path], { signal });
    const [, mode, object, name] = /^(\d{6}) blob ([0-9a-f]{40,64})\t(.+)\0$/s.exec(entry) ?? [];
    if (!mode || !object || name !== path) return undefined;
    return { text: await git(root, ['cat-file', 'blob', object], { signal }), mode };
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
