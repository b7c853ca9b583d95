/** Where a heal stands. Apart from the schemas, so that a browser can use it without carrying zod. */
export const TRACE_STATUS = ['HEALING', 'AWAITING_APPROVAL', 'ROLLING_BACK', 'HEALED', 'ESCALATED'] as const;
export type TraceStatus = (typeof TRACE_STATUS)[number];
/** A heal is over in these, and never changes again. */
export const isFinal = (status: TraceStatus): boolean => status === 'HEALED' || status === 'ESCALATED';
