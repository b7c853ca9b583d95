/** Whether a failure is tried again belongs to its class, decided where it is thrown. */

/** Trying again cannot help: the message goes to the dead-letter stream with `code` and its message. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
  readonly retryable = false;
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Whether an error of any library says of itself that trying again cannot help: `retryable` is false and it has a `code`. */
export const isTerminal = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error && 'retryable' in error && error.retryable === false && 'code' in error && typeof error.code === 'string';

/** The same message may well succeed later, after `delayMs` when given. Any other error is treated as one of these. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
  constructor(
    message: string,
    readonly delayMs?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
