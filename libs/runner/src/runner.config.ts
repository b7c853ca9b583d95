import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const milliseconds = (byDefault: number) => z.coerce.number().int().min(0).max(600_000).default(byDefault);

const environment = z.object({
  /** 0 takes any free port. The control API only ever listens on loopback. */
  SELFHEAL_CONTROL_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  SELFHEAL_CONTROL_TOKEN: z.string().min(16, 'at least 16 characters: anyone who has it can restart the server'),
  /** How long a worker that is being replaced keeps idle kept-alive connections open. */
  SELFHEAL_DRAIN_MS: milliseconds(10_000),
  /** How long requests in flight, and then the process itself, may take to end before they are cut. */
  SELFHEAL_STOP_MS: milliseconds(5_000),
  /** How long new code may take until it listens. */
  SELFHEAL_LISTEN_MS: milliseconds(30_000),
});

export interface RunnerConfig {
  readonly controlPort: number;
  readonly controlToken: string;
  readonly drainMs: number;
  readonly stopMs: number;
  readonly listenMs: number;
}

/**
 * Reads the runner's configuration and takes it out of the environment, since workers inherit that and must not know
 * the control token. Workers get a compile cache, so that a reload does not compile unchanged files again.
 * @throws {z.ZodError} with every setting that is wrong.
 */
export function takeRunnerConfig(env: NodeJS.ProcessEnv = process.env): RunnerConfig {
  const parsed = environment.parse(env);
  for (const name of Object.keys(environment.shape)) delete env[name];
  env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache');
  return {
    controlPort: parsed.SELFHEAL_CONTROL_PORT,
    controlToken: parsed.SELFHEAL_CONTROL_TOKEN,
    drainMs: parsed.SELFHEAL_DRAIN_MS,
    stopMs: parsed.SELFHEAL_STOP_MS,
    listenMs: parsed.SELFHEAL_LISTEN_MS,
  };
}
