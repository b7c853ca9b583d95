import { serviceConfig } from '@selfheal/service';
import { z } from 'zod';
import type { Policy } from './policy.js';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const deadline = (ms: number) =>
  z.coerce
    .number()
    .int()
    .min(50)
    .max(30 * 24 * HOUR)
    .default(ms);

export const coordinatorConfig = serviceConfig.extend({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, 'postgres://user:password@host:port/database')
    .default('postgres://selfheal:selfheal@127.0.0.1:5432/selfheal'),
  /** Attempts of one heal, the first included. */
  MAX_ATTEMPTS: z.coerce.number().int().min(1).max(100).default(3),
  /** How long each step may take before the heal is given up or rolled back. Milliseconds. */
  DEADLINE_RCA_MS: deadline(30 * SECOND),
  DEADLINE_PATCH_MS: deadline(60 * SECOND),
  DEADLINE_GUARDRAIL_MS: deadline(120 * SECOND),
  DEADLINE_APPROVAL_MS: deadline(24 * HOUR),
  DEADLINE_DEPLOY_MS: deadline(60 * SECOND),
  DEADLINE_VERIFY_MS: deadline(120 * SECOND),
  DEADLINE_ROLLBACK_MS: deadline(60 * SECOND),
});
export type CoordinatorConfig = z.infer<typeof coordinatorConfig>;

/** What the decisions need to know of the configuration. */
export const policyOf = (config: CoordinatorConfig): Policy => ({
  maxAttempts: config.MAX_ATTEMPTS,
  deadlinesMs: {
    rca: config.DEADLINE_RCA_MS,
    patch: config.DEADLINE_PATCH_MS,
    guardrail: config.DEADLINE_GUARDRAIL_MS,
    approval: config.DEADLINE_APPROVAL_MS,
    deploy: config.DEADLINE_DEPLOY_MS,
    verify: config.DEADLINE_VERIFY_MS,
    rollback: config.DEADLINE_ROLLBACK_MS,
  },
});
