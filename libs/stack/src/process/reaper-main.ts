/**
 * The reaper: a process of its own session that outlives its parent by a moment. It is told every process group that
 * the parent starts; when the IPC channel closes, for whatever reason (`kill -9` included), it ends all of them, their
 * descendants too, and exits. Imports Node's own modules only: it is run from source in tests and from dist elsewhere.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** From first signal to SIGKILL. */
const GRACE_MS = 4_000;
const groups = new Map<number, NodeJS.Signals>();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

process.on('message', (message: { type: 'add'; pid: number; signal: NodeJS.Signals } | { type: 'remove'; pid: number }) => {
  if (message.type === 'add') groups.set(message.pid, message.signal);
  else groups.delete(message.pid);
});
process.on('disconnect', () => void reap().finally(() => process.exit(0)));

async function reap(): Promise<void> {
  const strays = descendants([...groups.keys()]);
  for (const [pid, signal] of groups) kill(-pid, signal);
  const until = Date.now() + GRACE_MS;
  while (Date.now() < until && [...groups.keys()].some((pid) => alive(-pid))) await delay(25);
  for (const pid of groups.keys()) kill(-pid, 'SIGKILL');
  // Descendants in groups of their own (postgres backends, sandboxes): those that did not end with their parent.
  while (Date.now() < until && strays.some(alive)) await delay(25);
  for (const pid of strays) kill(pid, 'SIGKILL');
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Every process below `roots` by parent pid, taken before the parents are gone. */
function descendants(roots: readonly number[]): number[] {
  const parents = parentOfEach();
  const found = new Set(roots);
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found].filter((pid) => !groups.has(pid) && pid !== process.pid);
}

function parentOfEach(): [pid: number, parent: number][] {
  try {
    if (process.platform !== 'linux') {
      const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
      return [...table.matchAll(/(\d+)\s+(\d+)/g)].map((m) => [Number(m[1]), Number(m[2])]);
    }
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.flatMap((pid): [number, number][] => {
      try {
        // `pid (comm) state ppid …`: comm may hold spaces and parentheses, so read from its last ")" (proc(5)).
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        return [[Number(pid), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])]];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}
