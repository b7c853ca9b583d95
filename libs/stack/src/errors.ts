/** Something the stack needs cannot be had on this machine. `remedy` is the one command that helps, when there is one. */
export class StackError extends Error {
  override readonly name = 'StackError';
  constructor(
    message: string,
    readonly remedy?: string,
  ) {
    super(remedy ? `${message}\n  to fix it, run: ${remedy}` : message);
  }
}

/** A child process ended, or did not become ready in time. The message carries the tail of its log. */
export class ProcessError extends Error {
  override readonly name = 'ProcessError';
  constructor(
    readonly process: string,
    what: string,
    readonly logTail: readonly string[],
  ) {
    super([`${process} ${what}`, ...logTail.map((line) => `  | ${line}`)].join('\n'));
  }
}
