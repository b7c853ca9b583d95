/** The one place where this library reads the environment. */
import { z } from 'zod';

const schema = z.object({
  /** Path of the socket on which the run's shared Postgres is asked for; set by tools/jest/global-setup.mjs. */
  SELFHEAL_TEST_POSTGRES: z.string().optional(),
});

export const testingConfig = () => schema.parse(process.env);
