/** The source files of a target at one revision: what the engine and the playbooks work on. */
export interface SourceSnapshot {
  readonly revision: string;
  /** File contents by path relative to the target's root, POSIX separators. */
  readonly files: ReadonlyMap<string, string>;
}
