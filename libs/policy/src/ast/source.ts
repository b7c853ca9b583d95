import { extname } from 'node:path/posix';
import { type Node, type Program, parseSync } from 'oxc-parser';
import type { PatchFile } from '../facts.js';
import { nestsTooDeep } from './nesting.js';

const LANGUAGES = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.jsx': 'jsx',
} as const;

/** A parsed file. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly comments: readonly { readonly value: string; readonly start: number }[];
  /** Syntax errors as `line: message`. */
  readonly errors: readonly string[];
}

/** Whether the file is JavaScript or TypeScript: what the AST checks can judge. */
export const isCode = (path: string): boolean => extname(path).toLowerCase() in LANGUAGES;

/** The 1-based line of an offset (UTF-16 code units). */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** The node's text with whitespace collapsed: equal for code that was only moved or reformatted. */
export const textOf = (source: Source, node: Node): string => source.text.slice(node.start, node.end).replace(/\s+/g, ' ');

const parsed = new WeakMap<PatchFile, { before: Source | undefined; after: Source | undefined }>();

/**
 * Both sides of a patched file, parsed once. A side is absent when the file is not there, or on the base revision
 * when the parser could make nothing of it: everything in the patched file then counts as added.
 * @throws {Error} when the patched file nests too deep to be parsed safely
 */
export function sourcesOf(file: PatchFile): { before: Source | undefined; after: Source | undefined } {
  const known = parsed.get(file);
  if (known) return known;
  const before = file.before === null ? undefined : parse(file.path, file.before);
  const had = new Set(file.before?.split('\n'));
  const added = file.after?.split('\n').filter((line) => !had.has(line)) ?? [];
  if (nestsTooDeep(added.join('\n'))) throw new Error(`${file.path} nests too deep to be parsed`);
  const after = file.after === null ? undefined : parse(file.path, file.after);
  const both = { before: before && before.errors.length > 0 && before.program.body.length === 0 ? undefined : before, after };
  parsed.set(file, both);
  return both;
}

function parse(path: string, text: string): Source {
  const lang = LANGUAGES[extname(path).toLowerCase() as keyof typeof LANGUAGES];
  const result = parseSync(path, text, { lang, preserveParens: false });
  const errors = result.errors.map((error) => `${lineAt(text, error.labels[0]?.start ?? 0)}: ${error.message}`);
  return { path, text, program: result.program, comments: result.comments, errors };
}
