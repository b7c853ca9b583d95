import { matchesGlob } from 'node:path/posix';
import { applyToFiles } from '../diff/apply-to-files.js';
import { readDiff } from '../diff/read-diff.js';
import type { Check, PatchFacts } from '../facts.js';
import { isOpenLockfile, lockfileProblems } from '../ops/lockfile.js';
import { count, finding } from './finding.js';

/** Never patched, whatever the target allows: they steer git, installs, CI or selfheal itself. */
const PROTECTED: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)(?:\.git[^/]*|git~\d+)(?:\/|$)/i, 'belongs to git'],
  [/(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.ya?ml|bun\.lockb?|.*\.lock)$/i, 'is a lockfile'],
  [/(?:^|\/)node_modules\//i, 'is an installed package'],
  [/(?:^|\/)selfheal\.ya?ml$/i, 'sets the limits of selfheal itself'],
  [/(?:^|\/)\.(?:npmrc|yarnrc|pnpmfile|husky|circleci|gitlab-ci|travis)/i, 'steers installs or CI'],
  [/(?:^|\/)(?:Jenkinsfile|Dockerfile[^/]*|Makefile)$/i, 'steers builds'],
];

/** The patch touches only files that policy allows, in a way that every reader of the diff understands alike. */
export const allowlist: Check = {
  name: 'allowlist',
  group: 'allowlist',
  needs: 'patch',
  run(facts) {
    const { sections, problems } = readDiff(facts.diff);
    const paths = sections.map((section) => section.path);
    const bad = paths.flatMap((path) => pathProblems(path, facts));
    const locks = facts.files.filter(({ path }) => isOpenLockfile(path, facts.playbook)).flatMap((file) => lockfileProblems(file));
    const odd = facts.files
      .filter(({ mode }) => mode !== undefined && mode !== '100644' && mode !== '100755')
      .map(({ path, mode }) => `${path} is no regular file on the base revision (mode ${mode})`);
    return finding(
      [...problems, ...bad, ...locks, ...odd, ...disagreements(facts, paths)],
      `${count(paths.length, 'file')} within the allowlist: ${paths.join(', ')}`,
    );
  },
};

function pathProblems(path: string, { limits: { allow, deny }, playbook }: PatchFacts): string[] {
  const shown = JSON.stringify(path.slice(0, 200));
  const problems: string[] = [];
  const segments = path.split('/');
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.startsWith('~')) problems.push(`${shown} is absolute`);
  if (path.includes('\\')) problems.push(`${shown} has a backslash`);
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"]/u.test(path)) problems.push(`${shown} has control, invisible or quoting characters`);
  if (segments.some((s) => s === '' || s === '.' || s === '..')) problems.push(`${shown} has an empty, "." or ".." segment`);
  if (segments.some((s) => /[. ]$|^ /.test(s) && s !== '.' && s !== '..'))
    problems.push(`${shown} has a segment that ends with a dot or a space`);
  if (path !== path.normalize('NFC')) problems.push(`${shown} is not in Unicode normal form C`);
  for (const [pattern, why] of PROTECTED) if (pattern.test(path) && !isOpenLockfile(path, playbook)) problems.push(`${shown} ${why}`);
  if (!allow.some((glob) => matchesGlob(path, glob))) problems.push(`${shown} matches no allowed glob (${allow.join(', ')})`);
  const denied = deny.find((glob) => matchesGlob(path, glob));
  if (denied) problems.push(`${shown} is denied by ${denied}`);
  return problems;
}

/** The files that the checks are shown must be the ones that the diff makes: its paths, its bytes. */
function disagreements({ diff, files, unreadable }: PatchFacts, paths: readonly string[]): string[] {
  if (unreadable !== undefined) return [`the patched files cannot be worked out: ${unreadable}`];
  const listed = files.map(({ path }) => path).sort();
  if (listed.join('\n') !== [...paths].sort().join('\n'))
    return [`the diff touches ${paths.join(', ') || 'nothing'}, the file list says ${listed.join(', ') || 'nothing'}`];
  const byPath = new Map(files.map((file) => [file.path, file]));
  try {
    const made = applyToFiles(diff, (path) => {
      const file = byPath.get(path);
      return file?.before == null ? undefined : { text: file.before };
    });
    return made
      .filter(({ path, after }) => byPath.get(path)?.after !== after)
      .map(({ path }) => `${path}: the patched text is not what the diff makes`);
  } catch (error) {
    return [`the diff does not lead to the patched files: ${error instanceof Error ? error.message : String(error)}`];
  }
}
