import { activeEmitter } from '../active.js';
import type { CaptureContext } from '../emitter.js';

/**
 * Reports an error that the service handled itself. One failure a request: what was reported once is not reported
 * again when the response is a 5xx. Does nothing when the emitter is not registered; never throws.
 */
export function captureError(error: unknown, context: CaptureContext = {}): void {
  activeEmitter()?.capture(error, context);
}
