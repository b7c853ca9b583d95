import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { NodeProcess, Recording } from '../../command/recording.js';
import { type ChooseOracleSettings, chooseOracle } from '../choose-oracle.js';
import type { Oracle, TestRun } from '../oracle.js';
import type { OracleSandbox } from '../sandbox.js';

/** A small repository whose script fails, and an oracle of it. */
export interface ScriptCase {
  readonly oracle: Oracle;
  /** Why warm workers were not used. */
  readonly fallBack: string | undefined;
  /** Runs a candidate that replaces one file. */
  readonly run: (path: string, text: string, stopAtFirstFailure?: boolean) => Promise<TestRun>;
  /** Roots of the sandboxes that were made. */
  readonly roots: readonly string[];
  close(): Promise<void>;
}

const FAILED: TestRun = { outcome: 'failed', tests: [], ms: 50 };

/** Copies with `cp`, put back by copying again: slow and sure. */
function sandboxOf(origin: string, roots: string[]): OracleSandbox {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'selfheal-oracle-')));
  const root = join(home, 'tree');
  const copy = () => cpSync(origin, root, { recursive: true });
  copy();
  roots.push(root);
  return {
    root,
    write: async (patch) => {
      for (const [path, text] of patch) writeFileSync(join(root, path), text);
    },
    restore: async () => {
      // The process runs in the root: what is in it goes, the folder itself stays.
      copy();
    },
    close: async () => rmSync(home, { recursive: true, force: true }),
  };
}

export async function openScriptCase(
  files: Readonly<Record<string, string>>,
  script: string,
  more: Partial<Pick<ChooseOracleSettings<OracleSandbox>, 'signal' | 'runCommand' | 'workers'>> & {
    readonly recording?: Partial<Recording>;
  } = {},
): Promise<ScriptCase> {
  const origin = realpathSync(mkdtempSync(join(tmpdir(), 'selfheal-origin-')));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(origin, path)), { recursive: true });
    writeFileSync(join(origin, path), text);
  }
  const failing: NodeProcess = {
    pid: 1,
    ppid: 1,
    execPath: process.execPath,
    execArgv: [],
    script: join(origin, script),
    args: [],
    cwd: origin,
    env: { PATH: '/usr/bin:/bin' },
    exitCode: 1,
    ms: 50,
  };
  const recording: Recording = {
    run: FAILED,
    processes: [failing],
    failing,
    coverage: [],
    exitCode: 1,
    signal: null,
    orphans: 0,
    output: '',
    ...more.recording,
  };
  const signal = more.signal ?? new AbortController().signal;
  const roots: string[] = [];
  let fallBack: string | undefined;
  const oracle = await chooseOracle({
    recording,
    recordedRoot: origin,
    makeSandbox: async () => sandboxOf(origin, roots),
    runCommand: more.runCommand ?? (async () => recording),
    command: { argv: ['node', script] },
    signal,
    workers: more.workers ?? 1,
    onFallBack: (reason) => {
      fallBack = reason;
    },
  });
  return {
    oracle,
    fallBack,
    roots,
    run: (path, text, stopAtFirstFailure) =>
      oracle.run(new Map([[path, text]]), {
        signal: new AbortController().signal,
        ...(stopAtFirstFailure !== undefined && { stopAtFirstFailure }),
      }),
    close: async () => {
      await oracle.close();
      if (existsSync(origin)) rmSync(origin, { recursive: true, force: true });
    },
  };
}
