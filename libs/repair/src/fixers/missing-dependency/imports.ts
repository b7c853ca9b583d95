import { loadedModule, type SourceFile, stringValue } from '@selfheal/engine';

/** A specifier as a file imports it, with the place of its literal. */
export interface Imported {
  readonly specifier: string;
  readonly at: { readonly start: number; readonly end: number };
}

/** What a file imports by a constant name: `import`, `export … from`, `require`, `import()`, `jest.mock` left out. */
export function importsOf(file: SourceFile): Imported[] {
  return file.nodes.flatMap((node) => {
    const source = loadedModule(node);
    const specifier = stringValue(source);
    return source && specifier !== undefined ? [{ specifier, at: { start: source.start, end: source.end } }] : [];
  });
}
