import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * The processes (Linux: elsewhere none are found) whose environment holds `marker`, a text unique to one run: what a
 * command started and left behind in a process group of its own.
 */
export function processesWith(marker: string): number[] {
  const found: number[] = [];
  let names: string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return found;
  }
  for (const name of names) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    try {
      if (readFileSync(`/proc/${name}/environ`).includes(marker)) found.push(Number(name));
    } catch {
      // Ended, or another user's.
    }
  }
  return found;
}

/** Whether a process is there and has not ended: one that nobody has waited for yet (a zombie) has. */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    if (existsSync('/proc/self/stat')) return false;
  }
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Whether one of the processes computes, or waits for the processor or a disk; undefined where the system does not tell. */
export function isComputing(pids: Iterable<number>): boolean | undefined {
  if (!existsSync('/proc/self/stat')) return undefined;
  for (const pid of pids) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      if (/^[RD]/.test(stat.slice(stat.lastIndexOf(')') + 2))) return true;
    } catch {
      // Ended.
    }
  }
  return false;
}

/** Kills processes that are still there; a negative pid is a process group. */
export function killAll(pids: Iterable<number>): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
}
