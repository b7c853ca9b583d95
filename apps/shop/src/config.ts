import { z } from 'zod';

const cents = z.int().nonnegative();
const rate = z.number().min(0).max(1);

const configSchema = z.object({
  host: z.string().default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(3000),
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
  currency: z.string().length(3),
  taxRate: rate,
  pageSize: z.object({ default: z.int().positive(), max: z.int().positive() }),
  /** Price of each shipping method, in cents. */
  shippingRates: z.record(z.string(), cents),
  /** Share of the goods' value that we keep, by the reason of the return. */
  restockingFees: z.object({ changed_mind: rate, wrong_size: rate, defective: rate }),
  /** Discount of each coupon. */
  coupons: z.record(z.string(), rate),
  /** Answer time of the carrier's API, in milliseconds (the carrier is simulated). */
  carrierLatencyMs: z.int().nonnegative(),
});

export type Config = z.infer<typeof configSchema>;

export const config: Config = configSchema.parse({
  host: process.env.HOST,
  port: process.env.PORT,
  logLevel: process.env.LOG_LEVEL,
  currency: 'EUR',
  taxRate: 0.19,
  pageSize: { default: 10, max: 50 },
  shippingRates: {
    standard: 495,
    express: 1295,
    pickup: 0,
  },
  restockingFees: { changed_mind: 0.1, wrong_size: 0.05, defective: 0 },
  coupons: { WELCOME10: 0.1, SUMMER20: 0.2 },
  carrierLatencyMs: 150,
});
