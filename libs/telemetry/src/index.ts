export { HealIdGenerator, startRootSpan } from './heal-ids.js';
export { createLogger, type Logger } from './logger.js';
export { ATTRIBUTES, INSTRUMENTATION, METRICS } from './names.js';
export { startTelemetry, type Telemetry } from './telemetry.js';
