import type { TraceStatus } from '@selfheal/contracts';
import type { IconName } from './Icon';

/** How a heal's status looks: a tone of globals.css, a glyph, and words. Colour is never the only sign. */
export const STATUS: Record<TraceStatus, { tone: string; icon: IconName; label: string; line: string }> = {
  HEALING: { tone: 'healing', icon: 'pulse', label: 'HEALING', line: 'Working on it' },
  AWAITING_APPROVAL: { tone: 'waiting', icon: 'hand', label: 'AWAITING APPROVAL', line: 'A person decides' },
  ROLLING_BACK: { tone: 'rolling', icon: 'undo', label: 'ROLLING BACK', line: 'Putting it back as it was' },
  HEALED: { tone: 'healed', icon: 'check', label: 'HEALED', line: 'Verified on the live target' },
  ESCALATED: { tone: 'escalated', icon: 'alert', label: 'ESCALATED', line: 'A person is needed' },
};

/** The look of a status; one that a newer gateway may have added looks like work in progress. */
export const lookOf = (status: TraceStatus) =>
  Object.hasOwn(STATUS, status) ? STATUS[status] : { ...STATUS.HEALING, label: String(status) };
