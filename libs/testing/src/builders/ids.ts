import { createHash, randomBytes } from 'node:crypto';

/** A W3C trace id that no other spec uses. */
export const aTraceId = (): string => randomBytes(16).toString('hex');
/** A git object name; the same for the same `seed`. */
export const aRevision = (seed = 'base'): string => createHash('sha1').update(seed).digest('hex');
/** A SHA-256; the same for the same `seed`. */
export const aDigest = (seed = 'digest'): string => createHash('sha256').update(seed).digest('hex');
/** The time of every built event unless told: specs do not depend on the clock. */
export const AT = '2026-01-01T00:00:00.000Z';
