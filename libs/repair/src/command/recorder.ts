import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PRELOAD = fileURLToPath(new URL('../../preload/record.cjs', import.meta.url));

/** How a run is watched: not at all, what its processes did, or that and what they executed. */
export type RecordLevel = 'off' | 'processes' | 'coverage';

/** The files of one run and the environment that makes its processes write them. */
export interface Recorder {
  readonly processesDir: string;
  readonly coverageDir: string;
  /** Unique to this run and in the environment of what it starts. */
  readonly marker: string;
  readonly env: Readonly<Record<string, string>>;
  close(): void;
}

/** Prepares a run under `scratch`. `nodeOptions` are the user's own. */
export function openRecorder(scratch: string, level: RecordLevel, nodeOptions: string | undefined): Recorder {
  const dir = mkdtempSync(join(scratch, 'run-'));
  const processesDir = join(dir, 'processes');
  const coverageDir = join(dir, 'coverage');
  mkdirSync(processesDir);
  mkdirSync(coverageDir);
  const hook = join(dir, 'hook.cjs');
  const option = `--require ${quoted(hook)}`;
  const added = { names: ['SELFHEAL_RUN', 'NODE_V8_COVERAGE'], nodeOption: option };
  writeFileSync(hook, `require(${JSON.stringify(PRELOAD)})(${JSON.stringify(processesDir)}, ${JSON.stringify(added)}, __filename);\n`);
  const env: Record<string, string> = { SELFHEAL_RUN: dir };
  if (level !== 'off') env.NODE_OPTIONS = nodeOptions ? `${option} ${nodeOptions}` : option;
  if (level === 'coverage') env.NODE_V8_COVERAGE = coverageDir;
  return { processesDir, coverageDir, marker: dir, env, close: () => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }) };
}

/** As Node reads NODE_OPTIONS: double quotes keep spaces, a backslash keeps the next character. */
function quoted(path: string): string {
  return `"${path.replace(/[\\"]/g, '\\$&')}"`;
}
