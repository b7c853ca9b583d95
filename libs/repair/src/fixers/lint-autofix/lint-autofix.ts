import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Fix, Fixer, FixerContext } from '../fixer.js';
import { failingLinter, isLintConfig, isSilenced } from './linters.js';

/**
 * A linter or formatter fails and can mend what it found: the same program runs again with its own `--fix`. Of what it
 * changes only files that may be edited are taken, never its configuration, never a comment that silences it.
 */
export const lintAutofix: Fixer = {
  name: 'lint-autofix',
  family: 'build',
  title: 'A linter finds what it can mend itself',
  applies: ({ recording }) => failingLinter(recording.processes) !== undefined,
  async propose(context) {
    const linter = failingLinter(context.failure.recording.processes);
    if (!linter) return [];
    const { name, process: failed, args } = linter;
    const inside = relative(context.root, failed.cwd);
    if (inside === '..' || inside.startsWith(`..${sep}`)) return [];
    await context.run([failed.execPath, ...failed.execArgv, failed.script, ...args], { cwd: failed.cwd, env: failed.env });
    const changed = await takeChanges(context);
    return changed.size === 0 ? [] : [asFix(name, changed)];
  },
};

const asFix = (name: string, patch: Fix['patch']): Fix => ({
  patch,
  template: `lint-autofix/${name}`,
  summary: `let ${name} mend ${[...patch.keys()].slice(0, 5).join(', ')}${patch.size > 5 ? ` and ${patch.size - 5} more` : ''}`,
  weight: 0.95,
});

/** What the tool has changed of the snapshot's files; the sandbox is put back as it was. */
async function takeChanges({ root, snapshot, editable, signal }: FixerContext): Promise<Map<string, string>> {
  const taken = new Map<string, string>();
  for (const [path, before] of snapshot.files) {
    signal.throwIfAborted();
    const after = await readFile(join(root, path), 'utf8').catch(() => undefined);
    if (after === before) continue;
    await writeFile(join(root, path), before);
    if (after !== undefined && editable(path) && !isLintConfig(path) && !isSilenced(before, after)) taken.set(path, after);
  }
  return taken;
}
