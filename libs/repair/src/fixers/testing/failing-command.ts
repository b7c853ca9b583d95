/** A folder in which a real program fails, as fixers see it. For specs. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from '@jest/globals';
import type { NodeProcess, Recording } from '../../command/recording.js';
import type { Patch } from '../../oracle/oracle.js';
import type { Fix, Fixer, FixerContext, ToolRun } from '../fixer.js';

interface FailingCommand {
  readonly root: string;
  readonly failed: ToolRun;
  readonly context: FixerContext;
  /** The fixes of a fixer that applies; empty when it does not. */
  fixes(fixer: Fixer): Promise<readonly Fix[]>;
  /** The command with a patch written. */
  runWith(patch: Patch): Promise<ToolRun>;
  read(path: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * Writes the files, runs `node script …args` in `cwd` below them and lays out what it said.
 * @param script absolute path of the program, or one relative to the folder
 */
async function failingCommand(
  files: Readonly<Record<string, string>>,
  [script = '', ...args]: readonly string[],
  { cwd = '', editable = () => true }: { readonly cwd?: string; readonly editable?: (path: string) => boolean } = {},
): Promise<FailingCommand> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'selfheal-fixer-')));
  const write = async (all: Iterable<readonly [string, string]>) => {
    for (const [path, text] of all) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
  };
  await write(Object.entries(files));
  const process: NodeProcess = {
    pid: 1,
    ppid: 0,
    execPath: globalThis.process.execPath,
    execArgv: [],
    script: script.startsWith('/') ? script : join(root, script),
    args,
    cwd: join(root, cwd),
    env: { PATH: '/usr/bin:/bin', HOME: root, NO_COLOR: '1' },
    exitCode: 1,
    ms: 1,
  };
  const run: FixerContext['run'] = (argv, options) =>
    new Promise((resolve) => {
      execFile(argv[0] ?? '', argv.slice(1), options, (error, stdout, stderr) =>
        resolve({ exitCode: error ? (typeof error.code === 'number' ? error.code : 1) : 0, output: `${stdout}${stderr}` }),
      );
    });
  const again = () => run([process.execPath, process.script, ...args], process);
  const failed = await again();
  const recording: Recording = {
    run: { outcome: 'failed', tests: [], ms: 1 },
    processes: [process],
    failing: process,
    coverage: [],
    exitCode: failed.exitCode,
    signal: null,
    orphans: 0,
    output: failed.output,
  };
  const snapshot = {
    revision: 'work-tree',
    files: new Map(Object.entries(files).filter(([path]) => !path.startsWith('node_modules/'))),
  };
  const failure = { command: ['node', script, ...args], recording, errors: [] };
  const context: FixerContext = { failure, root, snapshot, signal: new AbortController().signal, editable, run };
  return {
    root,
    failed,
    context,
    fixes: async (fixer) => (fixer.applies(failure, snapshot) ? await fixer.propose(context) : []),
    runWith: async (patch) => {
      await write(patch);
      return await again();
    },
    read: (path) => readFile(join(root, path), 'utf8'),
    close: () => rm(root, { recursive: true, force: true }),
  };
}

/** {@link failingCommand} for the specs of a file, each closed after its test. */
export function useFailingCommand(): typeof failingCommand {
  let open: FailingCommand[] = [];
  afterEach(async () => {
    await Promise.all(open.map((each) => each.close()));
    open = [];
  });
  return async (...given) => {
    const command = await failingCommand(...given);
    open.push(command);
    return command;
  };
}
