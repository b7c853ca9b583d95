import { serviceConfig } from '@selfheal/service';
import { z } from 'zod';

export const gatewayConfig = serviceConfig.extend({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\/\S+$/, 'postgres://user:password@host:port/database'),
  /** Origins whose pages may call the API, separated by commas; `loopback` lets those of this machine, `*` lets any. */
  CORS_ORIGINS: z.string().default('loopback'),
  /** The demo's control address; without it there is no demo. */
  DEMO_URL: z.url({ protocol: /^https?$/ }).optional(),
});
export type GatewayConfig = z.infer<typeof gatewayConfig>;
