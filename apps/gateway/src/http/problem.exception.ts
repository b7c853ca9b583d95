import type { Problem } from '@selfheal/contracts';
import type { z } from 'zod';

/** An answer as problem details (RFC 9457): throw it anywhere below a controller. */
export class ProblemException extends Error {
  override readonly name = 'ProblemException';
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }
}

/** Problem types are stable URNs: clients branch on `type`, never on prose. */
const typeOf = (name: string): string => `urn:selfheal:problem:${name}`;

export const invalid = (what: string, errors: NonNullable<Problem['errors']>): ProblemException =>
  new ProblemException({
    type: typeOf('invalid-request'),
    title: 'The request is not valid',
    status: 400,
    detail: `${what}: ${errors.map((e) => `${e.pointer || '/'} ${e.detail}`).join('; ')}`.slice(0, 2000),
    errors,
  });

export const notFound = (detail: string): ProblemException =>
  new ProblemException({ type: typeOf('not-found'), title: 'Not found', status: 404, detail });

export const conflict = (detail: string): ProblemException =>
  new ProblemException({ type: typeOf('conflict'), title: 'Not in this state', status: 409, detail });

export const unavailable = (detail: string): ProblemException =>
  new ProblemException({ type: typeOf('unavailable'), title: 'Not available right now', status: 503, detail });

/** Parses what came from outside. @throws ProblemException 400 with a JSON Pointer (RFC 6901) for each field that is wrong */
export function parsed<S extends z.ZodType>(schema: S, value: unknown, what: string): z.infer<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const pointer = (path: PropertyKey[]) => path.map((p) => `/${String(p).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  throw invalid(
    what,
    result.error.issues.slice(0, 50).map((issue) => ({ pointer: pointer(issue.path), detail: issue.message })),
  );
}
