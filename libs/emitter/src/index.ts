/** What a service may use besides the preload: reports of handled errors, and integrations for frameworks. */
export type { CaptureContext } from './emitter.js';
export { captureError } from './integrations/capture-error.js';
export { type ExpressErrorHandler, expressErrorHandler } from './integrations/express.js';
export { nestExceptionFilter } from './integrations/nest.js';
