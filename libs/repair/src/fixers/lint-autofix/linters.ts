import type { NodeProcess } from '../../command/recording.js';

/** A program that finds fault with style and can mend some of it itself. */
interface Linter {
  readonly name: string;
  /** Its script, as a path that ends so. */
  readonly script: RegExp;
  /** The arguments with which it mends instead of only telling; nothing when these arguments do something else. */
  readonly fixing: (args: readonly string[]) => string[] | undefined;
}

/** What may change the meaning of code, by the tools' own words. A user's command with one of these is run without it. */
const UNSAFE = new Set(['--fix-dangerously', '--fix-suggestions', '--unsafe', '--apply-unsafe', '--suppress-all']);
const safe = (args: readonly string[]): string[] => args.filter((arg) => !UNSAFE.has(arg) && !arg.startsWith('--suppress'));

const LINTERS: readonly Linter[] = [
  { name: 'eslint', script: /\/eslint\/bin\/eslint\.js$/, fixing: (args) => withFlag(args, '--fix') },
  { name: 'oxlint', script: /\/oxlint\/bin\/oxlint$/, fixing: (args) => withFlag(args, '--fix') },
  { name: 'standard', script: /\/(?:standard|semistandard|ts-standard)\/bin\/cmd\.[cm]?js$/, fixing: (args) => withFlag(args, '--fix') },
  {
    name: 'prettier',
    script: /\/prettier\/bin(?:-prettier|\/prettier)\.[cm]?js$/,
    fixing: (args) => {
      const rest = safe(args).filter((arg) => !['--check', '-c', '--list-different', '-l'].includes(arg));
      return rest.length === args.length ? undefined : ['--write', ...rest];
    },
  },
  {
    name: 'biome',
    script: /\/@biomejs\/biome\/bin\/biome$/,
    fixing: (args) => {
      const [command, ...rest] = args;
      if (command === 'ci') return ['check', '--write', ...safe(rest)];
      return command === 'check' || command === 'lint' || command === 'format' ? [command, '--write', ...safe(rest)] : undefined;
    },
  },
];

function withFlag(args: readonly string[], flag: string): string[] {
  return [flag, ...safe(args).filter((arg) => arg !== flag && arg !== '--fix-dry-run')];
}

/** The linter among the processes that failed, and how to let it mend: its own program, its own arguments. */
export function failingLinter(processes: readonly NodeProcess[]): { name: string; process: NodeProcess; args: string[] } | undefined {
  for (const process of processes.toReversed()) {
    if (process.exitCode === 0) continue;
    const linter = LINTERS.find(({ script }) => script.test(process.script.replaceAll('\\', '/')));
    const args = linter?.fixing(process.args);
    if (linter && args) return { name: linter.name, process, args };
  }
  return undefined;
}

/** Files that tell linters what to find: an autofix never changes them. */
const CONFIG =
  /(?:^|\/)(?:\.eslintrc(?:\.\w+)?|eslint\.config\.\w+|\.?biome\.jsonc?|\.?oxlintrc\.jsonc?|\.?prettierrc(?:\.\w+)?|prettier\.config\.\w+|package(?:-lock)?\.json|\.editorconfig|tsconfig[\w.]*\.json)$/;
export const isLintConfig = (path: string): boolean => CONFIG.test(path);

const SILENCED = /eslint-disable|biome-ignore|oxlint-disable|prettier-ignore|standard-disable|@ts-ignore|@ts-expect-error|@ts-nocheck/g;

/** Whether a text says "do not look here" more often than before. */
export const isSilenced = (before: string, after: string): boolean =>
  (after.match(SILENCED) ?? []).length > (before.match(SILENCED) ?? []).length;
