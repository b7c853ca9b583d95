import { QueryFailedError } from 'typeorm';

/** SQLSTATE classes (PostgreSQL manual, appendix A): data exception, integrity violation, syntax error or access rule violation. */
const LASTING = new Set(['22', '23', '42']);

/**
 * Whether the database refused what it was asked, and will again. Anything else (no connection, shutting down, out of resources, a
 * serialisation failure) may be gone the next time.
 */
export function isStatementAtFault(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return error instanceof TypeError || error instanceof RangeError;
  const { code } = error.driverError as { code?: unknown };
  return typeof code === 'string' && code.length === 5 && LASTING.has(code.slice(0, 2));
}
