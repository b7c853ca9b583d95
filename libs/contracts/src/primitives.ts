import { z } from 'zod';

/** W3C Trace Context trace id: 32 lower-case hex digits, not all zero (https://www.w3.org/TR/trace-context/#trace-id). */
export const traceId = z.string().regex(/^(?!0{32})[0-9a-f]{32}$/, 'a W3C trace id: 32 lower-case hex digits, not all zero');

/** The name of a target or service: one subject token. */
export const serviceName = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'letters, digits, _ and -, at most 64');

/** A git object name. */
export const revision = z.string().regex(/^[0-9a-f]{40,64}$/, 'a full git revision');

/** SHA-256 in lower-case hex. */
export const digest = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex');

export const timestamp = z.iso.datetime({ offset: true });

/** A path inside the target, POSIX separators, relative, no `..`, no control characters. */
export const targetPath = z
  .string()
  .min(1)
  .max(1024)
  .refine(
    (p) => !p.startsWith('/') && !/^[A-Za-z]:/.test(p) && !p.includes('\\') && ![...p].some((c) => c < ' ') && !p.split('/').includes('..'),
    'a relative path inside the target, without ".."',
  );

/** A score from 0 (none) to 1 (full). */
export const score = z.number().min(0).max(1);
export const milliseconds = z.number().nonnegative();
export const attempt = z.int().min(1).max(100);
