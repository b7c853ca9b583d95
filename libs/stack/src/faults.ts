/** The fault catalogue of a target: real bugs as patches, each with the request that shows it. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expectation, FAMILIES, issuesOf, recordedRequest } from '@selfheal/contracts';
import { z } from 'zod';

export const faultSchema = z.strictObject({
  /** The name of its folder. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  /** Its place in the catalogue, from 1. */
  order: z.int().min(1).max(1000),
  title: z.string().min(1).max(120),
  family: z.enum(FAMILIES),
  description: z.string().min(1).max(1000),
  /** The request that fails with the fault and passes without it. */
  request: recordedRequest,
  /** What the request must show; without one, any status below 500. */
  expectation: expectation.optional(),
  /**
   * How the failure becomes known. `emitter`: the request makes the service emit it. `probe`: the service answers with
   * a wrong value, and a synthetic monitor publishes the FAILURE with the expectation.
   */
  detect: z.enum(['emitter', 'probe']),
  /** Whether the type checker would have caught it: what a bad merge leaves behind. */
  breaks_types: z.boolean().default(false),
});

/** A fault with its patch: a unified diff with `a/` and `b/` prefixes, relative to the target's root. */
export type Fault = z.infer<typeof faultSchema> & { readonly patch: string };

/**
 * Reads every `<dir>/<name>/{fault.json, fault.patch}`, in catalogue order.
 * @param dir absolute path of the catalogue
 * @throws Error that names the fault and each field that is wrong, a name that is not its folder's, or a doubled order
 */
export async function loadFaults(dir: string): Promise<Fault[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const faults = await Promise.all(entries.filter((entry) => entry.isDirectory()).map((entry) => loadFault(dir, entry.name)));
  faults.sort((a, b) => a.order - b.order);
  const doubled = faults.find((fault, index) => faults[index - 1]?.order === fault.order);
  if (doubled) throw new Error(`fault ${doubled.name}: another fault has order ${doubled.order} too`);
  return faults;
}

async function loadFault(dir: string, name: string): Promise<Fault> {
  const [json, patch] = await Promise.all([
    readFile(join(dir, name, 'fault.json'), 'utf8'),
    readFile(join(dir, name, 'fault.patch'), 'utf8'),
  ]);
  const parsed = faultSchema.safeParse(JSON.parse(json));
  if (!parsed.success) throw new Error(`fault ${name}: ${issuesOf(parsed.error).join('; ')}`);
  if (parsed.data.name !== name) throw new Error(`fault ${name}: its name is ${JSON.stringify(parsed.data.name)}, not its folder's`);
  return { ...parsed.data, patch };
}
