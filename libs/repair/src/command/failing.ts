import type { NodeProcess } from './recording.js';

/** What the choice of the failing process looks at. */
export interface Candidate extends Pick<NodeProcess, 'pid' | 'script' | 'exitCode'> {
  readonly ancestors: readonly number[];
  readonly error?: { readonly name: string };
  readonly tests: readonly { readonly state: string }[];
}

/** Programs that only start others and pass their failure on. */
const WRAPPER =
  /[\\/](npm|npx|yarn|pnpm|pnpx|corepack|npm-cli|npx-cli|npm-run-all|run-s|run-p|concurrently|cross-env|cross-env-shell|dotenv|lerna|nx|turbo|wireit)(\.[cm]?js)?$/;
const WRAPPER_DIR =
  /[\\/]node_modules[\\/](npm|yarn|pnpm|corepack|npm-run-all|npm-run-all2|concurrently|cross-env|dotenv-cli|lerna|nx|turbo|wireit)[\\/]/;

export function isWrapper(script: string): boolean {
  return WRAPPER.test(script) || WRAPPER_DIR.test(script);
}

/**
 * The leaf process whose failure explains the command's: the deepest that exits with an error. A process that itself
 * tells of failed tests or assertions is a leaf whatever it has started (its tests may start programs that are meant to
 * fail). One that says nothing while its only child was killed has failed because of that child. Two that are equally
 * likely: undefined.
 * @param killedByUs pids that were still running when the command had ended: their missing end says nothing.
 */
export function failingProcess<T extends Candidate>(processes: readonly T[], killedByUs: readonly number[] = []): T | undefined {
  const own = processes.filter(({ script }) => !isWrapper(script));
  const failed = own.filter(({ exitCode }) => exitCode !== null && exitCode !== 0);
  const vanished = own.filter(({ exitCode, pid }) => exitCode === null && !killedByUs.includes(pid));
  const below = (one: T, above: T) => one !== above && one.ancestors.includes(above.pid);
  const explained = failed.filter((one) => !failed.some((above) => knows(above) && below(one, above)));
  const leaves = explained.filter((one) => knows(one) || !explained.some((other) => below(other, one)));
  if (leaves.length > 1) return undefined;
  const [leaf] = leaves;
  if (leaf === undefined) return only(vanished.filter((one) => !vanished.some((other) => below(other, one))));
  if (knows(leaf) || leaf.error !== undefined) return leaf;
  return only(vanished.filter((one) => below(one, leaf))) ?? leaf;
}

/** The deepest process that was still running when the command was stopped, when there is one such. */
export function endlessProcess<T extends Candidate>(processes: readonly T[]): T | undefined {
  const running = processes.filter(({ script, exitCode }) => exitCode === null && !isWrapper(script));
  return only(running.filter((one) => !running.some((other) => other !== one && other.ancestors.includes(one.pid))));
}

function knows({ tests, error }: Candidate): boolean {
  return error?.name === 'AssertionError' || tests.some(({ state }) => state === 'failed');
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
