import type { z } from 'zod';
import { HttpError } from './errors.ts';

/** Parses what a client sent. @throws HttpError 400 that names each field that is wrong */
export function parseRequest<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const details = result.error.issues.map((issue) => `${issue.path.join('.') || 'request'}: ${issue.message}`);
  throw new HttpError(400, 'the request is not valid', details);
}
