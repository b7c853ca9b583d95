import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { initRepository } from '@selfheal/git';
import type { BenchCase } from './case.js';
import { type Ended, runProgram } from './process.js';
import { copyWithRefs } from './suites.js';

/** A case could not be set up: says nothing about its heal. */
export class NotCheckedOut extends Error {
  override readonly name = 'NotCheckedOut';
}

export interface CheckoutOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** A folder of our own, for what has to be repaired. */
  readonly scratch: string;
  readonly note: (text: string) => void;
}

/** Installing the dependencies of a case takes that long at most. */
const CHECKOUT_MS = 600_000;

/** Sets cases up, one at a time: they share a cache of dependencies. */
export class Checkouts {
  #last: Promise<unknown> = Promise.resolve();
  #repaired = false;
  constructor(
    private home: string,
    private readonly options: CheckoutOptions,
  ) {}

  /** The folder with `cases.mjs`: another one once it had to be repaired. */
  get driver(): string {
    return join(this.home, 'cases.mjs');
  }

  /** The path of one of the case's own files. */
  file(one: BenchCase, name: string): string {
    return join(this.home, one.suite, one.id, name);
  }

  /** Writes the case's work tree to `dir` as a git repository with one commit. @throws {NotCheckedOut} */
  checkout(one: BenchCase, dir: string): Promise<void> {
    const mine = this.#last.then(() => this.#checkout(one, dir));
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #checkout(one: BenchCase, dir: string): Promise<void> {
    this.options.signal.throwIfAborted();
    let ended = await this.#drive(one, dir);
    if (ended.code !== 0 && !this.#repaired && /not a git repository/i.test(ended.stderr)) {
      this.options.note('a repository of the suite has lost its empty folder refs: going on with a repaired copy');
      this.home = await copyWithRefs(this.home, join(this.options.scratch, 'suites'));
      this.#repaired = true;
      ended = await this.#drive(one, dir);
    }
    if (ended.code !== 0) throw new NotCheckedOut(`checkout failed: ${lastLines(ended.stderr || ended.stdout)}`);
    // What judges must not be seen by what is judged.
    if (one.hidden) {
      for (const name of one.meta.test_files ?? []) await rm(join(dir, name), { force: true });
      await copyFile(this.file(one, 'visible.js'), join(dir, 'visible.js'));
    }
    await initRepository(dir, one.key);
  }

  #drive(one: BenchCase, dir: string): Promise<Ended> {
    const { env, signal, scratch } = this.options;
    return runProgram('node', [this.driver, 'checkout', one.key, dir], { cwd: scratch, env, timeoutMs: CHECKOUT_MS, signal });
  }
}

const lastLines = (text: string): string => text.trim().split('\n').slice(-8).join('\n').slice(-1500);
