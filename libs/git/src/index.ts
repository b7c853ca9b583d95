export { type ApplyOptions, applyDiff, PatchDoesNotApply } from './apply.js';
export { type CommitOptions, commitAll, diffBetween, initRepository, NothingToCommit, type Person, SELFHEAL } from './commit.js';
export { GitError, type GitOptions, git } from './git.js';
export { headRevision, isClean, topOf, treeOf } from './revision.js';
export { readSnapshot, type SnapshotFilter, SnapshotTooLarge } from './snapshot.js';
export { addWorktree, type Worktree } from './worktree.js';
