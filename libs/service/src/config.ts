import { z } from 'zod';

/** Settings that every service has. Each app extends this with its own; nothing else reads the environment. */
export const serviceConfig = z.object({
  NATS_URL: z
    .string()
    .regex(/^(nats|tls|ws|wss):\/\/\S+$/, 'nats://host:port, several separated by commas')
    .default('nats://127.0.0.1:4222'),
  /** Copies of each stream in a JetStream cluster. */
  NATS_REPLICAS: z.coerce.number().int().min(1).max(5).default(1),
  /** Work trees of the targets, absolute paths separated by commas, each with a selfheal.yaml. */
  SELFHEAL_TARGETS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((path) => path.trim())
        .filter(Boolean),
    ),
  /** Port of /healthz, /readyz and /metrics; 0 takes a free one, none starts no server. */
  HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  HEALTH_HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});
export type ServiceConfig = z.infer<typeof serviceConfig>;

/** Thrown when the environment does not fit; its message names every variable that is wrong, never a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Parses the environment once, at start. Reports all errors together. @throws ConfigError */
export function loadConfig<S extends z.ZodType>(schema: S, env: NodeJS.ProcessEnv = process.env): z.infer<S> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.') || '(environment)'}: ${issue.message}`);
  throw new ConfigError(`the environment does not fit:\n${lines.join('\n')}`);
}
