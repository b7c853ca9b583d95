export interface PostgresOptions {
  /** Holds the cluster, its password and its log. An initialised one is used again. */
  readonly dir: string;
  /** Whether commits survive a crash of the machine. Off only where the data is thrown away (tests). */
  readonly durable?: boolean;
  /** Use the database of `DATABASE_URL` when the environment names one (the default). */
  readonly allowExternal?: boolean;
}

export interface Postgres {
  /** Of the maintenance database `postgres`, or what `DATABASE_URL` says. */
  readonly url: string;
  /** Creates an empty database and returns its URL. A database of that name stays as it is. */
  createDatabase(name: string): Promise<string>;
  /** The postmaster's pid; absent when the server is not ours. */
  readonly pid?: number;
  stop(): Promise<void>;
}
