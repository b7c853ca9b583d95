/** The end of a stream of bytes, as text: at most `limit` bytes of it are kept. */
export class OutputTail {
  #chunks: Buffer[] = [];
  #size = 0;
  constructor(private readonly limit: number) {}

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    for (let first = this.#chunks[0]; first !== undefined && this.#size - first.length >= this.limit; first = this.#chunks[0]) {
      this.#chunks.shift();
      this.#size -= first.length;
    }
  }

  /** Begins with a whole character, wherever the cut fell. */
  text(): string {
    const kept = Buffer.concat(this.#chunks);
    return kept
      .subarray(Math.max(0, kept.length - this.limit))
      .toString('utf8')
      .replace(/^\uFFFD+/, '');
  }
}
