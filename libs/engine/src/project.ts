import type { SourceSnapshot } from '@selfheal/contracts';
import { type Binding, bindingsOf, lookup } from './bindings.js';
import type { Node } from './nodes.js';
import { isScript, SourceFile } from './source-file.js';

const projects = new WeakMap<SourceSnapshot, Project>();

/** The parsed view of a snapshot. Files are parsed when first asked for, once a snapshot. */
export function projectOf(snapshot: SourceSnapshot): Project {
  const known = projects.get(snapshot);
  if (known) return known;
  const project = new Project(snapshot);
  projects.set(snapshot, project);
  return project;
}

/** A declaration and the file it is in. */
export interface Declared {
  readonly file: SourceFile;
  readonly binding: Binding;
}

/** Imports are followed through at most this many re-exports: a cycle ends, too. */
const MAX_HOPS = 6;

export class Project {
  readonly #parsed = new Map<string, SourceFile>();
  readonly #imports = new WeakMap<SourceFile, readonly string[]>();

  constructor(readonly snapshot: SourceSnapshot) {}

  /** A source file by its path, or nothing when the snapshot has none or it is not a script. */
  file(path: string): SourceFile | undefined {
    const known = this.#parsed.get(path);
    if (known) return known;
    const text = this.snapshot.files.get(path);
    if (text === undefined || !isScript(path)) return undefined;
    const file = new SourceFile(path, text);
    this.#parsed.set(path, file);
    return file;
  }

  /** Every source file of the snapshot. */
  files(): SourceFile[] {
    return [...this.snapshot.files.keys()].flatMap((path) => this.file(path) ?? []);
  }

  /** The file that a relative import names: with TypeScript's `.js` for `.ts`, without an extension, or a folder's index. */
  resolve(from: string, specifier: string): string | undefined {
    if (!specifier.startsWith('.')) return undefined;
    const parts = from.split('/').slice(0, -1);
    for (const part of specifier.split('/')) {
      if (part === '..') {
        if (parts.pop() === undefined) return undefined;
      } else if (part !== '.' && part !== '') parts.push(part);
    }
    const path = parts.join('/');
    const bare = path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
    const guesses = [
      path,
      bare,
      `${path}.ts`,
      `${path}.js`,
      `${path}.mjs`,
      `${path}.cjs`,
      `${path}.tsx`,
      `${path}/index.ts`,
      `${path}/index.js`,
    ];
    return guesses.find((guess) => this.snapshot.files.has(guess));
  }

  /** The files that `file` imports or re-exports by relative path. */
  importsOf(file: SourceFile): readonly string[] {
    const known = this.#imports.get(file);
    if (known) return known;
    const sources = file.nodes.flatMap((node) => {
      if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') return [node.source.value];
      if (node.type === 'ExportNamedDeclaration' && node.source) return [node.source.value];
      const required = requiredBy(node);
      return required ? [required] : [];
    });
    const found = [...new Set(sources.flatMap((source) => this.resolve(file.path, source) ?? []))];
    this.#imports.set(file, found);
    return found;
  }

  /** What a name means at a node, followed through imports to the file that declares it. */
  lookup(file: SourceFile, name: string, at: Node): Declared | undefined {
    const binding = lookup(file, name, at);
    return binding && this.follow({ file, binding });
  }

  /** Follows an import to what it imports; anything else is itself. */
  follow(declared: Declared, hops = 0): Declared | undefined {
    const { file, binding } = declared;
    if (binding.kind !== 'import') return declared;
    const statement = file.parentOf(binding.declaration);
    if (statement?.type !== 'ImportDeclaration' || binding.declaration.type === 'ImportNamespaceSpecifier') return declared;
    const imported =
      binding.declaration.type === 'ImportSpecifier' && binding.declaration.imported.type === 'Identifier'
        ? binding.declaration.imported.name
        : 'default';
    const path = this.resolve(file.path, statement.source.value);
    return (path && this.exported(path, imported, hops + 1)) || declared;
  }

  /** The declaration behind the export `name` of a file. */
  exported(path: string, name: string, hops = 0): Declared | undefined {
    const file = this.file(path);
    if (!file || hops > MAX_HOPS) return undefined;
    for (const node of file.program.body) {
      if (node.type === 'ExportNamedDeclaration') {
        for (const specifier of node.specifiers) {
          if (specifier.exported.type !== 'Identifier' || specifier.exported.name !== name || specifier.local.type !== 'Identifier')
            continue;
          const from = node.source && this.resolve(path, node.source.value);
          if (from) return this.exported(from, specifier.local.name, hops + 1);
          return topLevel(file, specifier.local.name, (d) => this.follow(d, hops));
        }
        if (node.declaration && topLevelOf(file, name)?.scope === file.program && within(node, topLevelOf(file, name))) {
          return topLevel(file, name, (d) => this.follow(d, hops));
        }
      } else if (node.type === 'ExportAllDeclaration' && !node.exported) {
        const from = this.resolve(path, node.source.value);
        const found = from && this.exported(from, name, hops + 1);
        if (found) return found;
      } else if (node.type === 'ExportDefaultDeclaration' && name === 'default') {
        const { declaration } = node;
        if (declaration.type === 'Identifier') return topLevel(file, declaration.name, (d) => this.follow(d, hops));
        return { file, binding: { name: 'default', kind: 'variable', id: declaration, declaration, scope: file.program } };
      }
    }
    return undefined;
  }

  /** The value names that a file exports itself (re-exports left out). */
  exportsOf(file: SourceFile): string[] {
    return file.program.body.flatMap((node) => {
      if (node.type !== 'ExportNamedDeclaration' || node.exportKind === 'type') return [];
      const listed = node.specifiers.flatMap((s) => (s.exported.type === 'Identifier' ? [s.exported.name] : []));
      const declared = [...bindingsOf(file).values()]
        .flat()
        .filter((b) => b.kind !== 'type' && b.scope === file.program && within(node, b));
      return [...listed, ...declared.map((b) => b.name)];
    });
  }
}

const topLevelOf = (file: SourceFile, name: string): Binding | undefined =>
  (bindingsOf(file).get(name) ?? []).find((binding) => binding.scope === file.program);

function topLevel(file: SourceFile, name: string, follow: (declared: Declared) => Declared | undefined): Declared | undefined {
  const binding = topLevelOf(file, name);
  return binding && follow({ file, binding });
}

const within = (outer: Node, binding: Binding | undefined): boolean =>
  binding !== undefined && outer.start <= binding.id.start && binding.id.end <= outer.end;

function requiredBy(node: Node): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require') return undefined;
  const [first] = node.arguments;
  return first?.type === 'Literal' && typeof first.value === 'string' ? first.value : undefined;
}
