import { SourceFile } from '@selfheal/engine';

/** The scripts among the texts, each parsed once and only when asked for. */
export class Sources {
  readonly #parsed = new Map<string, SourceFile>();

  constructor(readonly texts: ReadonlyMap<string, string>) {}

  file(path: string): SourceFile | undefined {
    const known = this.#parsed.get(path);
    const text = this.texts.get(path);
    if (known || text === undefined) return known;
    const file = new SourceFile(path, text);
    this.#parsed.set(path, file);
    return file;
  }
}
