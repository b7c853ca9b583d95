import { performance } from 'node:perf_hooks';
import { type Ending, reportOf } from './heal/ending.js';
import { heal } from './heal/heal.js';
import { timeLimit } from './heal/time-limit.js';
import type { Memory } from './memory/memory.js';
import { NO_MEMORY } from './memory/memory.js';
import { memoryPath } from './memory/place.js';
import { readMemory } from './memory/store.js';
import type { FixOptions, FixReport } from './report.js';
import { openSandbox } from './sandbox/sandbox.js';

const TIMEOUT_MS = 300_000;
const MAX_ATTEMPTS = 5;

/**
 * One heal of a repository whose command fails: reproduces, localises, tries candidates, proves the likeliest with the whole
 * command in a fresh process. The work tree is read, never written to: the patch is in the report.
 * Does not reject for what the target does; rejects when the work tree cannot be read or copied.
 */
export async function fixRepository(options: FixOptions): Promise<FixReport> {
  const started = performance.now();
  const { root, timeoutMs = TIMEOUT_MS, maxAttempts = MAX_ATTEMPTS, signal } = options;
  const limit = timeLimit(signal, timeoutMs);
  const both = limit.signal;
  const deadline = started + timeoutMs;
  let ending: Ending;
  try {
    const sandbox = await openSandbox(root, { signal: both });
    try {
      const onProgress = options.onProgress ?? (() => {});
      const memory = await recalled(options);
      ending = await heal({ ...options, memory, maxAttempts, deadline, signal: both, sandbox, onProgress });
    } finally {
      await sandbox.close();
    }
  } catch (error) {
    // The search has a limit of its own, within the heal's.
    if (!both.aborted && !isAbort(error)) throw error;
    ending = { reason: 'timeout', tried: 0, attempts: [] };
  } finally {
    limit.clear();
  }
  if (signal.aborted) ending = { ...ending, reason: 'interrupted', winner: undefined };
  return reportOf(ending, performance.now() - started);
}

async function recalled({ root, memory: place, onProgress }: FixOptions): Promise<Memory> {
  if (place === false) return NO_MEMORY;
  const { memory, note } = await readMemory(place?.path ?? (await memoryPath(root)));
  if (note) onProgress?.({ stage: 'note', text: note });
  return memory;
}

const isAbort = (error: unknown): boolean => ['AbortError', 'TimeoutError'].includes((error as Error | undefined)?.name ?? '');
