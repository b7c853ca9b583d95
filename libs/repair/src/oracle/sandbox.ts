import type { Patch } from './oracle.js';

/** What an oracle needs of a sandbox: a private copy of the work tree (sandbox/sandbox.ts has the real one). */
export interface OracleSandbox {
  /** Absolute real path of the copy. */
  readonly root: string;
  /** TMPDIR of what runs in it. */
  readonly tmp?: string;
  write(patch: Patch): Promise<void>;
  /** Puts every file back as it was. */
  restore(): Promise<unknown>;
  close(): Promise<void>;
}
