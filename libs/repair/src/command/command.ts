/** What the user says fails. */
export interface Command {
  /** Program and arguments; no shell reads them. */
  readonly argv: readonly string[];
  /** Relative to the root; the root when absent. */
  readonly cwd?: string;
  /** Added to the user's environment. */
  readonly env?: Readonly<Record<string, string>>;
}
