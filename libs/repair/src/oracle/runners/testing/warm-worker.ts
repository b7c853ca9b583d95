import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FromWorker, ToWorker, WorkerAnswer } from '../../protocol.js';
import { WorkerProcess } from '../../worker-process.js';

const MODULES = fileURLToPath(new URL('../../../../../../node_modules', import.meta.url));

/** A project in a directory of its own, with this repository's node_modules linked in. */
export function makeProject(files: Readonly<Record<string, string>>): { root: string; remove: () => void } {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'selfheal-warm-')));
  const root = join(home, 'root');
  mkdirSync(join(home, 'tmp'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  symlinkSync(MODULES, join(root, 'node_modules'));
  return { root, remove: () => rmSync(home, { recursive: true, force: true }) };
}

type Run = Extract<ToWorker, { type: 'run' }>;

/** A worker process without a pool. */
export class WarmWorker {
  #next = 0;
  #wait: (message: FromWorker) => void = () => undefined;
  readonly #process: WorkerProcess;

  private constructor(root: string, script: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    const recorded = {
      pid: 1,
      ppid: 0,
      execPath: process.execPath,
      execArgv: [],
      script: realpathSync(join(root, script)),
      args,
      cwd: root,
      env,
      exitCode: 1,
      ms: 1000,
    };
    this.#process = new WorkerProcess(recorded, root, join(dirname(root), 'tmp'), (message) => {
      if (message.type === 'ready') this.#process.send({ type: 'open', process: recorded, root, overlay: {}, runners: ['jest', 'mocha'] });
      else if (message.type !== 'progress') this.#wait(message);
    });
    void this.#process.gone.then(() => this.#wait({ type: 'refused', reason: 'the process ended' }));
  }

  /** @returns the worker, and what it said to being opened */
  static async open(
    root: string,
    script: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ worker: WarmWorker; opened: FromWorker }> {
    const worker = new WarmWorker(root, script, args, env);
    const opened = await worker.#hear();
    return { worker, opened };
  }

  async run(request: Partial<Run> = {}): Promise<WorkerAnswer['answer'] & { readonly wallMs: number }> {
    const start = performance.now();
    this.#process.send({ type: 'run', id: this.#next++, patch: [], stopAtFirstFailure: false, budgetMs: 30_000, ...request });
    const message = await this.#hear();
    if (message.type !== 'answer') throw new Error(`no answer: ${JSON.stringify(message)}`);
    if (message.isDirty || message.answer.retire) this.#process.send({ type: 'restored' });
    return { ...message.answer, wallMs: performance.now() - start };
  }

  close(): Promise<void> {
    return this.#process.kill();
  }

  #hear(): Promise<FromWorker> {
    return new Promise((resolve) => {
      this.#wait = resolve;
    });
  }
}

/** `passed`, `failed`, … by id. */
export const statesOf = ({ tests }: Pick<WorkerAnswer['answer'], 'tests'>): Record<string, string> =>
  Object.fromEntries(tests.map(({ id, state }) => [id, state]));
