import type { Finding } from '../facts.js';

/** A finding without duplicates; `holds` says what was shown when there are no problems. */
export const finding = (problems: readonly string[], holds: string): Finding => ({ problems: [...new Set(problems)], holds });

/** `1 line`, `2 lines`. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
