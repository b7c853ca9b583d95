import { constants } from 'node:os';
import type { TestError } from '../oracle/oracle.js';
import { neededHost } from './network.js';
import type { Recording } from './recording.js';
import type { Reproduction } from './reproduction.js';

/** What one run already says so surely that repeating it would only take time; undefined when it must be repeated. */
export function verdictOf(recording: Recording): Reproduction | undefined {
  const { run } = recording;
  if (run.outcome === 'timeout') return { kind: 'never-ends', afterMs: Math.round(run.ms), recording };
  if (run.outcome === 'passed') return undefined;
  const reason = notStarted(recording);
  if (reason !== undefined) return { kind: 'cannot-start', reason };
  const signal = killedBy(recording);
  if (signal !== undefined) return { kind: 'killed', signal, recording };
  const host = neededHost(failuresOf(recording));
  return host === undefined ? undefined : { kind: 'needs-network', host, recording };
}

/** The errors of the failing tests, else what failed outside of any test, else one that names the exit code. */
export function failuresOf({ run, exitCode, output }: Recording): TestError[] {
  const failed = run.tests.filter(({ state }) => state === 'failed');
  const errors = failed.flatMap(({ error }) => (error === undefined ? [] : [error]));
  if (errors.length > 0) return errors;
  if (run.error !== undefined) return [run.error];
  const last = output.trim().split('\n').slice(-20).join('\n');
  return [{ name: 'CommandFailed', message: `exit code ${exitCode}`, stack: last.slice(-16_000) }];
}

/** A program that a shell or a package script did not find, or a script that is not there. */
function notStarted({ exitCode, output, run }: Recording): string | undefined {
  if (exitCode === 127 || exitCode === 126) {
    const line = output.split('\n').find((one) => /not found|not executable|permission denied|no such file/i.test(one));
    return `${line?.trim() ?? `exit code ${exitCode}`}. If it is a tool of the repository, install its dependencies first (npm ci).`;
  }
  const missing = /^Cannot find module '([^']+)'\n?(?:Require stack:\s*)?$/.exec(run.error?.message.trim() ?? '');
  const isMain =
    missing !== null &&
    /Module\._load|executeUserEntryPoint/.test(run.error?.stack ?? '') &&
    !/^\s+at .*require/m.test(run.error?.stack ?? '');
  return isMain ? `there is no ${missing[1]}` : undefined;
}

/** The signal that ended the command or the failing process. */
function killedBy({ signal, exitCode, failing }: Recording): string | undefined {
  if (signal !== null) return signal;
  if (failing !== undefined && failing.exitCode !== null) return undefined;
  const number = exitCode !== null && exitCode > 128 ? exitCode - 128 : undefined;
  const name = Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
  if (failing === undefined) return name;
  return name ?? 'an unknown signal';
}
