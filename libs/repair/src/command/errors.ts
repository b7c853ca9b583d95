/** The command's program is not there. Not retried. */
export class CommandNotFoundError extends Error {
  override readonly name = 'CommandNotFoundError';
  constructor(
    readonly command: string,
    reason: string,
  ) {
    super(
      `${JSON.stringify(command)} cannot be started: ${reason}. Check its spelling and that it is on PATH; ` +
        'a tool of the repository needs `npm ci` first and is started with `npx` or by its path in node_modules/.bin.',
    );
  }
}
