const LIMIT = 65_536;
const TEXTUAL = /json|text|xml|x-www-form-urlencoded|javascript|graphql/i;

/** Keeps a body of up to 64 KiB as it passes by. A longer one is forgotten: half a body is worse than none. */
export class BodyBuffer {
  #chunks: Buffer[] = [];
  #size = 0;

  add(chunk: unknown, encoding?: unknown): void {
    if (this.#size > LIMIT) return;
    const bytes = asBuffer(chunk, encoding);
    if (!bytes) return;
    this.#size += bytes.length;
    if (this.#size > LIMIT) this.#chunks = [];
    else this.#chunks.push(bytes);
  }

  /** The body as text; empty when there was none; nothing when it is binary or was too long. */
  text(contentType: string | undefined): string | undefined {
    if (this.#size === 0) return '';
    if (this.#size > LIMIT || (contentType !== undefined && !TEXTUAL.test(contentType))) return undefined;
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

/** A copy: whoever wrote the bytes may use them again. */
function asBuffer(chunk: unknown, encoding: unknown): Buffer | undefined {
  if (typeof chunk === 'string') return Buffer.from(chunk, Buffer.isEncoding(String(encoding)) ? (encoding as BufferEncoding) : 'utf8');
  return chunk instanceof Uint8Array ? Buffer.from(chunk) : undefined;
}
