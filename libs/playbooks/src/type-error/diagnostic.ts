/** One error of the TypeScript compiler. */
export interface TypeDiagnostic {
  /** The number after `TS`. */
  readonly code: number;
  /** The first line: what follows it explains types, for people. */
  readonly message: string;
  /** Relative to the root, POSIX separators. */
  readonly path: string;
  /** 1-based, UTF-16 code units. */
  readonly line: number;
  readonly column: number;
}

const MAX = 50;
/** `src/a.ts(3,7): error TS2322: …`, and with --pretty `src/a.ts:3:7 - error TS2322: …`. Colours are taken away before. */
const PLAIN =
  /^(?<path>[^\s():][^():\n]{0,400})\((?<line>\d{1,7}),(?<column>\d{1,5})\): error TS(?<code>\d{4,5}): (?<message>[^\n]{1,2000})/gm;
const PRETTY =
  /^(?<path>[^\s():][^():\n]{0,400}):(?<line>\d{1,7}):(?<column>\d{1,5}) - error TS(?<code>\d{4,5}): (?<message>[^\n]{1,2000})/gm;
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');

/**
 * The errors in the output of `tsc` (or of what prints as it does: vue-tsc, ts-node, ts-jest), in their order, each once, at
 * most 50. Paths are taken as they are printed, without a leading `./`.
 */
export function typeDiagnostics(output: string): TypeDiagnostic[] {
  const text = output.slice(-262_144).replace(COLOURS, '');
  const found = new Map<string, TypeDiagnostic & { readonly at: number }>();
  for (const pattern of [PLAIN, PRETTY])
    for (const match of text.matchAll(pattern)) {
      const { path = '', line = '1', column = '1', code = '0', message = '' } = match.groups ?? {};
      const diagnostic = {
        code: Number(code),
        message: message.trim(),
        path: path
          .trim()
          .replaceAll('\\', '/')
          .replace(/^(?:\.\/)+/, ''),
        line: Number(line),
        column: Number(column),
        at: match.index,
      };
      found.set(`${diagnostic.path}:${line}:${column}:${code}`, diagnostic);
    }
  return [...found.values()]
    .sort((a, b) => a.at - b.at)
    .slice(0, MAX)
    .map(({ at: _, ...diagnostic }) => diagnostic);
}
