import { z } from 'zod';

/** What the bench reads of the line of JSON that `selfheal fix --json` ends with. */
const report = z.object({
  status: z.string(),
  reason: z.string().nullish(),
  message: z.string().nullish(),
  playbook: z.string().nullish(),
  confidence: z.number().min(0).max(1).nullish(),
  candidates_tried: z.number().nonnegative(),
  patch: z.string().nullish(),
  attempts: z.array(z.object({ template: z.string(), outcome: z.string() })).optional(),
});
export type ReportLine = z.infer<typeof report>;

/** The report in the last line of `stdout`; undefined when there is none. Pure. */
export function reportIn(stdout: string): ReportLine | undefined {
  try {
    return report.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
  } catch {
    return undefined;
  }
}

/** What made the patch: the template of the attempt that was proven. */
export const templateOf = ({ attempts }: ReportLine): string | null =>
  attempts?.find(({ outcome }) => outcome === 'proven')?.template ?? null;
