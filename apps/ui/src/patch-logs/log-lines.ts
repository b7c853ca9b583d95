/** The heal's log: its events, which are kept for ever, and the progress lines heard while the page was open, as one. */
import { type AuditEntry, type HealingEventType, PIPELINE } from '@selfheal/contracts';
import type { NumberedLog } from '../live/heals';

export interface LogLine {
  readonly key: string;
  readonly at: string;
  readonly source: string;
  readonly level: 'info' | 'warn' | 'error';
  /** The event's type, when the line is an event. */
  readonly event?: string;
  readonly text: string;
}

/** Both in order of time; an event comes before the lines of its own millisecond. */
export function logLines(audit: readonly AuditEntry[], progress: readonly NumberedLog[]): LogLine[] {
  const events = audit.map<LogLine>((entry) => ({
    key: `event ${entry.seq}`,
    at: entry.at,
    source: entry.actor,
    level: levelOf(entry.action),
    event: entry.action,
    text: entry.detail,
  }));
  const lines = progress.map<LogLine>((log) => ({
    key: `line ${log.arrival}`,
    at: log.timestamp,
    source: log.service,
    level: log.level,
    text: log.line,
  }));
  return [...events, ...lines].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Lines that contain every word of `filter`, in any of their fields, whatever the case. */
export function filterLines(lines: readonly LogLine[], filter: string): readonly LogLine[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return lines;
  return lines.filter((line) => {
    const text = `${line.source} ${line.level} ${line.event ?? ''} ${line.text}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function levelOf(action: string): LogLine['level'] {
  if (action === 'ESCALATED' || action === 'ROLLBACK_FAILED') return 'error';
  if (action === 'ROLLBACK_REQUESTED' || action === 'RETRY_REQUESTED' || action === 'APPROVAL_REQUESTED') return 'warn';
  return Object.hasOwn(PIPELINE, action) && PIPELINE[action as HealingEventType].effect === 'fails' ? 'warn' : 'info';
}
