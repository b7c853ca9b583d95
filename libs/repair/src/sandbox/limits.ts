/** What a copy may take, before and after git-ignored files are left out. */
export interface SandboxLimits {
  /** Up to here everything is copied, whether git ignores it or not. Bytes. */
  readonly softBytes: number;
  readonly softFiles: number;
  /** Beyond this no sandbox is made. Bytes. */
  readonly maxBytes: number;
  readonly maxFiles: number;
  /** Above the soft limits a file that git ignores is copied up to this size. Bytes. */
  readonly maxIgnoredFile: number;
}

export const SANDBOX_LIMITS: SandboxLimits = {
  softBytes: 64 * 2 ** 20,
  softFiles: 5_000,
  maxBytes: 512 * 2 ** 20,
  maxFiles: 100_000,
  maxIgnoredFile: 256 * 2 ** 10,
};

/** The work tree is too large to copy. Not retried: it stays so. */
export class SandboxTooLargeError extends Error {
  override readonly name = 'SandboxTooLargeError';
  constructor(what: string, limit: string) {
    super(
      `The work tree is too large to copy: ${what} (limit ${limit}), node_modules and .git not counted. ` +
        'Run selfheal in a smaller directory (--cwd), or delete build output and data that the command does not need.',
    );
  }
}

/** A file of the work tree changed while a sandbox was open, so that the sandbox can no longer be put back. */
export class WorkTreeChangedError extends Error {
  override readonly name = 'WorkTreeChangedError';
  constructor(path: string) {
    super(`${path} changed in the work tree while selfheal was working on a copy. Run it again.`);
  }
}

/** A patch names a file outside of the sandbox, or one that no patch may touch. */
export class SandboxPathError extends Error {
  override readonly name = 'SandboxPathError';
  constructor(path: string, why: string) {
    super(`${JSON.stringify(path)} cannot be written in the sandbox: ${why}`);
  }
}
