import { setTimeout as sleep } from 'node:timers/promises';
import type { KV } from 'nats';

/** A heal does not wait longer than this for what earlier heals taught. Milliseconds. */
const PATIENCE_MS = 300;

/** What a schema of zod offers. */
export interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

/**
 * What heals taught, in a key-value bucket: the coordinator writes it from Postgres, services without a database read it. It is help and
 * no necessity, so reading never fails.
 */
export class LearningBoard {
  #kv: Promise<KV> | undefined;

  constructor(private readonly open: () => Promise<KV>) {}

  /** The value of a key; nothing when there is none, when it does not have that form, or when the broker does not answer soon. */
  async read<T>(key: string, schema: Schema<T>): Promise<T | undefined> {
    const late = new AbortController();
    try {
      const value = await Promise.race([this.#value(key), sleep(PATIENCE_MS, undefined, { ref: false, signal: late.signal })]);
      const parsed = schema.safeParse(value);
      return parsed.success ? parsed.data : undefined;
    } catch {
      this.#kv = undefined;
      return undefined;
    } finally {
      late.abort();
    }
  }

  /** @throws {Error} when the broker does not take it */
  async write(key: string, value: unknown): Promise<void> {
    try {
      await (await this.#bucket()).put(key, JSON.stringify(value));
    } catch (error) {
      this.#kv = undefined;
      throw error;
    }
  }

  async #value(key: string): Promise<unknown> {
    const entry = await (await this.#bucket()).get(key);
    return entry?.operation === 'PUT' ? entry.json() : undefined;
  }

  #bucket(): Promise<KV> {
    this.#kv ??= this.open();
    return this.#kv;
  }
}
