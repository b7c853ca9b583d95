/** Column helpers. Postgres returns int8 as text; stream positions stay far below 2^53, so they are numbers here. */
import type { ColumnOptions } from 'typeorm';

export const INT8 = {
  type: 'bigint',
  transformer: { to: (value: number) => value, from: (value: string | number) => Number(value) },
} as const satisfies ColumnOptions;

/** Milliseconds are all that the broker's time is read with, so a value comes back as it went in. */
export const INSTANT: ColumnOptions = { type: 'timestamptz', precision: 3 };
