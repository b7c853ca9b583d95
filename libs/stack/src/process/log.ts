import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const TAIL = 25;

/** Where a child's output goes: a file, the last lines in memory, and whoever waits for a line. */
export class ProcessLog {
  readonly tail: string[] = [];
  readonly #file;
  readonly #listeners = new Set<(line: string) => void>();

  constructor(path: string | undefined) {
    if (path) mkdirSync(dirname(path), { recursive: true });
    this.#file = path ? createWriteStream(path, { flags: 'a' }) : undefined;
    // A full disk must not take the system down with it; the tail is still there.
    this.#file?.on('error', () => undefined);
  }

  read(stream: Readable): void {
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
      this.#file?.write(`${line}\n`);
      this.tail.push(line.slice(0, 500));
      if (this.tail.length > TAIL) this.tail.shift();
      for (const listener of this.#listeners) listener(line);
    });
  }

  onLine(listener: (line: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#file?.end();
  }
}
