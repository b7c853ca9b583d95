/** What the emitter reads from the environment. No schema library here: it is loaded into every process of the host. */
import { realpathSync } from 'node:fs';

export interface EmitterConfig {
  /** Broker addresses, without credentials. */
  readonly servers: readonly string[];
  readonly user?: string | undefined;
  readonly pass?: string | undefined;
  /** The target's name, as in its selfheal.yaml. */
  readonly service: string;
  /** Slower requests are failures, in milliseconds. Without it no request is too slow. */
  readonly objectiveMs?: number | undefined;
  /** The deployed version, when the service knows it. */
  readonly release?: string | undefined;
  /** Absolute paths of the service's root: as it was started, and with links resolved. */
  readonly roots: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The configuration, or nothing when the emitter should stay silent: without `NATS_URL` or `SELFHEAL_SERVICE`, and in a
 * sandbox (`SELFHEAL_SANDBOX`), whose failures are expected.
 * @throws Error that names the variable which is set but wrong
 */
export function readConfig(env: Env = process.env, cwd: string = process.cwd()): EmitterConfig | undefined {
  const { NATS_URL, SELFHEAL_SERVICE, SELFHEAL_SANDBOX, SELFHEAL_OBJECTIVE_MS, SELFHEAL_RELEASE } = env;
  if (!NATS_URL || !SELFHEAL_SERVICE || SELFHEAL_SANDBOX) return undefined;
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(SELFHEAL_SERVICE)) throw new Error('SELFHEAL_SERVICE: letters, digits, _ and -, at most 64');
  const urls = NATS_URL.split(',').map((url) => parseUrl(url.trim()));
  const { username, password } = urls[0] ?? {};
  return {
    servers: urls.map((url) => url.host),
    ...(username && { user: decodeURIComponent(username), pass: decodeURIComponent(password ?? '') }),
    service: SELFHEAL_SERVICE,
    objectiveMs: objectiveOf(SELFHEAL_OBJECTIVE_MS),
    release: SELFHEAL_RELEASE?.slice(0, 256),
    roots: [...new Set([cwd, realpathSync(cwd)])],
  };
}

function parseUrl(url: string): URL {
  try {
    return new URL(url.includes('://') ? url : `nats://${url}`);
  } catch {
    throw new Error('NATS_URL: not a URL such as nats://127.0.0.1:4222');
  }
}

function objectiveOf(value: string | undefined): number | undefined {
  if (!value) return undefined;
  const ms = Number(value);
  if (!(ms > 0 && ms <= 600_000)) throw new Error('SELFHEAL_OBJECTIVE_MS: milliseconds, above 0, at most 600000');
  return ms;
}
