/** Uncaught exceptions and unhandled rejections, without a change to what Node does about them. */
import { guarded } from './guard.js';

export type UncaughtType = 'UNCAUGHT_EXCEPTION_FAILURE' | 'UNHANDLED_REJECTION_FAILURE';

/**
 * Calls `report` for each. `uncaughtExceptionMonitor` sees both as long as the service does not handle rejections
 * itself; a listener of ours for `unhandledRejection` would keep Node from failing on them, so it is added only when the
 * service adds one, and the behaviour is the service's already.
 */
export function observeProcess(report: (type: UncaughtType, thrown: unknown) => void): void {
  process.on('uncaughtExceptionMonitor', (error, origin) => {
    guarded(() => report(origin === 'unhandledRejection' ? 'UNHANDLED_REJECTION_FAILURE' : 'UNCAUGHT_EXCEPTION_FAILURE', error));
  });
  const onRejection = (reason: unknown): void => guarded(() => report('UNHANDLED_REJECTION_FAILURE', reason));
  const onNewListener = (event: string | symbol): void => {
    if (event !== 'unhandledRejection') return;
    process.off('newListener', onNewListener);
    process.on('unhandledRejection', onRejection);
  };
  process.on('newListener', onNewListener);
}
