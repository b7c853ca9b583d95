import { type PatchLog, progressSubject } from '@selfheal/contracts';
import type { NatsConnection } from 'nats';

const LONGEST_LINE = 2000;

/** Says a PATCH_LOG line over core NATS: people may read it, nothing depends on it, so it may be lost. */
export function publishProgress(
  connection: NatsConnection,
  service: string,
  traceId: string,
  line: string,
  level: PatchLog['level'] = 'info',
): void {
  if (connection.isClosed()) return;
  const log: PatchLog = { trace_id: traceId, service, level, line: line.slice(0, LONGEST_LINE), timestamp: new Date().toISOString() };
  connection.publish(progressSubject(traceId), JSON.stringify(log));
}
