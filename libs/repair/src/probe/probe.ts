import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DocExample } from '@selfheal/engine';
import type { NodeProcess } from '../command/recording.js';
import type { Patch } from '../oracle/oracle.js';

/** How each candidate answers to inputs that the tests do not have. */
export interface Behaviour {
  readonly inputs: number;
  /** By candidate, then by input: the answer as text. Candidates that time did not allow are missing at the end. */
  readonly outputs: readonly (readonly string[])[];
  /** By candidate, then by example in the comments: whether it holds; undefined when that cannot be said. */
  readonly examples: readonly (readonly (boolean | undefined)[])[];
}

export interface ProbeInput {
  /** The failing process: a plain script. */
  readonly process: NodeProcess;
  /** Absolute path of a sandbox with the base in it. */
  readonly root: string;
  /** The files that candidates change, relative to the root. */
  readonly subjects: readonly string[];
  readonly candidates: readonly Patch[];
  readonly examples: readonly (DocExample & { readonly path: string })[];
  readonly signal: AbortSignal;
}

const PROBE = fileURLToPath(new URL('../../probe/probe.cjs', import.meta.url));
const INPUTS = 160;
const BUDGET_MS = 4000;
const MAX_ANSWER = 4000;

/**
 * Tells candidates apart by their answers to varied inputs. Nothing when it cannot be had: the script is no CommonJS
 * program, calls nothing that the subjects export, or the process was lost.
 */
export async function probe({
  process: failing,
  root,
  subjects,
  candidates,
  examples,
  signal,
}: ProbeInput): Promise<Behaviour | undefined> {
  if (signal.aborted) return undefined;
  const key = randomUUID();
  const child = fork(PROBE, [], {
    execPath: failing.execPath,
    execArgv: ['--max-old-space-size=512'],
    cwd: failing.cwd,
    env: { ...failing.env },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    detached: true,
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = () => child.kill('SIGKILL');
  const timer = setTimeout(stop, BUDGET_MS * 2);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<Behaviour | undefined>((resolve) => {
      child.on('message', (answer) => {
        if ((answer as { key?: unknown } | null)?.key === key) resolve(checked(answer, candidates.length));
      });
      child.once('exit', () => resolve(undefined));
      child.on('error', () => resolve(undefined));
      child.send({
        key,
        script: failing.script,
        subjects: subjects.map((path) => join(root, path)),
        candidates: candidates.map((patch) => Object.fromEntries([...patch].map(([path, text]) => [join(root, path), text]))),
        examples: examples.map(({ path, ...example }) => ({ ...example, file: join(root, path) })),
        inputs: INPUTS,
        budgetMs: BUDGET_MS,
      });
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    child.removeAllListeners('message');
    stop();
    if (child.pid !== undefined) await gone;
  }
}

/** The answer comes from a process that ran the target's code: only what has the right form is taken. */
function checked(answer: unknown, candidates: number): Behaviour | undefined {
  const { inputs, outputs, examples } = (answer ?? {}) as Partial<Behaviour>;
  if (typeof inputs !== 'number' || !Array.isArray(outputs) || !Array.isArray(examples)) return undefined;
  if (outputs.length > candidates || examples.length !== outputs.length) return undefined;
  const isAnswer = (text: unknown) => typeof text === 'string' && text.length <= MAX_ANSWER;
  const isVerdict = (holds: unknown) => holds === undefined || typeof holds === 'boolean';
  const answered = outputs.every((list) => Array.isArray(list) && list.length === inputs && list.every(isAnswer));
  return answered && examples.every((list) => Array.isArray(list) && list.every(isVerdict)) ? { inputs, outputs, examples } : undefined;
}
