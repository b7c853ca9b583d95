import { serviceConfig } from '@selfheal/service';
import { z } from 'zod';

export const guardrailConfig = serviceConfig.extend({
  /** How many candidates of one attempt are judged, best first. */
  MAX_CANDIDATES: z.coerce.number().int().min(1).max(50).default(8),
  /** How long judging the candidates of one attempt may take. Milliseconds. */
  JUDGE_BUDGET_MS: z.coerce.number().int().min(1000).max(3_600_000).default(180_000),
});
export type GuardrailConfig = z.infer<typeof guardrailConfig>;
