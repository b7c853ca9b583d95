import { constants } from 'node:os';
import { CommandError } from './errors.js';

/** A signal, or the end of the process that started us, asked the command to stop. */
export class Interrupted extends CommandError {
  constructor(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') {
    super('', 128 + constants.signals[signal]);
  }
}

/**
 * Runs `work` until it is done or a signal asks to stop; then `work`'s signal is aborted and {@link Interrupted}
 * thrown. A terminal sends Ctrl-C to a whole group and a supervisor may pass it on once more: only the first counts.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const interrupted = new Promise<never>((_, reject) => {
    const stop = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => () => {
      const reason = new Interrupted(signal);
      abort.abort(reason);
      reject(reason);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop(signal));
    if (process.channel) {
      process.on('disconnect', stop('SIGHUP'));
      // Listening for it must not keep us alive once the work is done.
      process.channel.unref();
    }
  });
  return Promise.race([work(abort.signal), interrupted]);
}
