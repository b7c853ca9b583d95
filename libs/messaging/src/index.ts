export { Broker, type BrokerOptions } from './broker.js';
export { RetryableError, TerminalError } from './errors.js';
export { type Delivery, HealContext } from './heal-context.js';
export { JetStreamStrategy } from './jetstream.strategy.js';
export { HealJournal, storedEvent } from './journal.js';
export { type Outcome, say } from './outcome.js';
export { publishProgress } from './progress.js';
export { RethrowFilter } from './rethrow.filter.js';
export { ensureStreams } from './topology.js';
