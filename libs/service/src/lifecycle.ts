import type { Logger } from '@selfheal/telemetry';

const LONGEST_STOP_MS = 10_000;

/** What a service says to the process that started it, when there is one with an IPC channel. */
export type ReadyMessage = { readonly type: 'ready'; readonly port?: number | undefined };

export const sayReady = (message: ReadyMessage): void => void process.send?.(message);

/**
 * Stops once, on SIGTERM, SIGINT or when the parent is gone (its IPC channel closes), within ten seconds; then exits.
 * An uncaught error is logged and stops the service: its messages are redelivered to another.
 */
export function stopGracefully(logger: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const end = (why: string, code: number) => {
    if (stopping) return;
    stopping = true;
    logger.info({ why }, 'stopping');
    setTimeout(() => process.exit(code || 1), LONGEST_STOP_MS).unref();
    stop().then(
      () => process.exit(code),
      (error: unknown) => {
        logger.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', () => end('SIGTERM', 0));
  process.once('SIGINT', () => end('SIGINT', 0));
  if (process.send) process.once('disconnect', () => end('the parent process is gone', 0));
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'uncaught exception');
    end('uncaught exception', 1);
  });
  process.on('unhandledRejection', (error) => {
    logger.fatal({ err: error }, 'unhandled rejection');
    end('unhandled rejection', 1);
  });
}
