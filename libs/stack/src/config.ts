/** The one place where this library reads the environment. */
import { z } from 'zod';

const schema = z.object({
  /** A broker and a database that are already there: used as they are, never started or stopped. */
  NATS_URL: z.string().min(1).optional(),
  DATABASE_URL: z.string().min(1).optional(),
});
export type StackConfig = z.infer<typeof schema>;

const blankIsUnset = (env: NodeJS.ProcessEnv) => Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));

/** What the environment says about the broker and the database. @throws z.ZodError */
export const stackConfig = (): StackConfig => schema.parse(blankIsUnset(process.env));

/** Variables that say how *we* run (or who supervises us) and must not leak into a child. */
const OURS = ['NODE_OPTIONS', 'NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE', 'NODE_UNIQUE_ID', 'JEST_WORKER_ID', 'NODE_ENV'];

/** The environment for a child: ours, without what concerns only this process, and with `extra` on top. */
export function childEnv(extra: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
  const merged = { ...process.env, ...extra };
  for (const name of OURS) if (!(name in extra)) delete merged[name];
  return Object.fromEntries(Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Directories of `PATH`, and those where Debian keeps servers. */
export const searchPath = (): string[] => [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'].filter(Boolean);
