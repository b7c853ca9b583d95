import { HttpError } from '../http/errors.ts';

interface Entry {
  fingerprint: string;
  result: Promise<unknown>;
}

/**
 * Remembers the answer to each Idempotency-Key. A request with a known key gets the first one's answer, also while
 * the first is still at work; the same key with another request is refused; a failed request may be tried again.
 */
export class IdempotencyKeys {
  readonly #entries = new Map<string, Entry>();
  readonly #limit: number;

  constructor(limit = 10_000) {
    this.#limit = limit;
  }

  async once<T>(key: string | undefined, request: unknown, work: () => Promise<T>): Promise<T> {
    if (key === undefined) return work();
    const fingerprint = JSON.stringify(request);
    const known = this.#entries.get(key);
    if (known && known.fingerprint !== fingerprint) throw new HttpError(422, 'this Idempotency-Key belongs to another request');
    if (known) return known.result as Promise<T>;
    const result = work();
    this.#remember(key, { fingerprint, result });
    result.catch(() => this.#entries.delete(key));
    return result;
  }

  #remember(key: string, entry: Entry): void {
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= this.#limit && oldest !== undefined) this.#entries.delete(oldest);
    this.#entries.set(key, entry);
  }
}
