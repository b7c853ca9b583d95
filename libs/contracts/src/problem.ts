/** Problem details for HTTP APIs (RFC 9457), media type `application/problem+json`. */
import { z } from 'zod';

export const problem = z.object({
  /** A URI reference that names the kind of problem; `about:blank` when the status says it all. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  /** One entry for each field that is wrong; `pointer` is a JSON Pointer (RFC 6901) into the request body. */
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;
export const PROBLEM_JSON = 'application/problem+json';
