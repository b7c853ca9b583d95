/** Ends the command with an exit code and a message for a person, without a stack trace. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}

/** What was asked for does not exist or makes no sense: exit code 2, as for a wrong option. */
export const usageError = (message: string): CommandError => new CommandError(message, 2);
