/** The environment of every git process: what git needs and nothing it could be steered by. */

const PASSED_ON = ['PATH', 'TMPDIR', 'SystemRoot'] as const;

/**
 * Environment for git: no system or user configuration, no prompt, no editor, literal path specs, English messages.
 * `GIT_*` variables of the caller (such as `GIT_DIR` when run from a hook) are never inherited.
 * `ceiling` is the directory above the work tree: git must not fall back to a repository that happens to enclose it.
 */
export function gitEnvironment(ceiling: string): Record<string, string> {
  const env: Record<string, string> = {
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_CEILING_DIRECTORIES: ceiling,
    GIT_EDITOR: 'false',
    LC_ALL: 'C',
  };
  for (const name of PASSED_ON) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}
