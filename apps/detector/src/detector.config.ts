import { serviceConfig } from '@selfheal/service';
import { z } from 'zod';

export const detectorConfig = serviceConfig.extend({
  /** Failures that arrive this soon after a heal were on their way before the patch was live. Milliseconds. */
  RECENTLY_HEALED_MS: z.coerce.number().int().min(0).max(3_600_000).default(250),
  /** How long an escalated incident is left alone; doubles with each escalation in a row. Milliseconds. */
  COOL_DOWN_MS: z.coerce.number().int().min(0).max(86_400_000).default(300_000),
});
export type DetectorConfig = z.infer<typeof detectorConfig>;
