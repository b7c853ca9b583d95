import { insert, type Node, type Project, type SourceFile } from '@selfheal/engine';
import { type TypeFix, typeFix } from './spot.js';

/** TS2304, TS2552, TS2503: a name that another file of the project exports and this one does not import. */
export const missingImport: TypeFix = ({ project, file, diagnostic }) => {
  const name = /^Cannot find (?:name|namespace) '([A-Za-z_$][\w$]{0,127})'/.exec(diagnostic.message)?.[1];
  if (!name) return [];
  return project
    .files()
    .filter((other) => other.path !== file.path)
    .flatMap((other) => {
      const kind = exportKind(other, name);
      return kind ? [{ other, kind, near: distance(file.path, other.path) }] : [];
    })
    .sort((a, b) => a.near - b.near)
    .slice(0, 3)
    .map(({ other, kind }, i) => {
      const edit = importEdit(file, other.path, name, kind, styleOf(project, file));
      return typeFix({ [file.path]: [edit] }, 'missing-import', `import ${name} from ${other.path}`, 0.95 - 0.05 * i);
    });
};

/** What a file exports under a name: a value, a type only, or nothing. */
function exportKind(file: SourceFile, name: string): 'value' | 'type' | undefined {
  for (const node of file.program.body) {
    if (node.type !== 'ExportNamedDeclaration' || node.source) continue;
    const { declaration } = node;
    if (node.specifiers.some(({ exported }) => exported.type === 'Identifier' && exported.name === name))
      return node.exportKind === 'type' ? 'type' : 'value';
    if (!declaration) continue;
    if (declaration.type === 'VariableDeclaration') {
      if (declaration.declarations.some(({ id }) => id.type === 'Identifier' && id.name === name)) return 'value';
    } else if ('id' in declaration && declaration.id && 'name' in declaration.id && declaration.id.name === name) {
      return declaration.type === 'TSInterfaceDeclaration' || declaration.type === 'TSTypeAliasDeclaration' ? 'type' : 'value';
    }
  }
  return undefined;
}

/** Relative specifiers as this file writes them, else as the first of the others does. */
function styleOf(project: Project, file: SourceFile): string[] {
  for (const each of [file, ...project.files().slice(0, 200)]) {
    const relative = each.program.body.flatMap((node) =>
      node.type === 'ImportDeclaration' && node.source.value.startsWith('.') ? [node.source.value] : [],
    );
    if (relative.length > 0) return relative;
  }
  return [];
}

/** Adds to the import of that file that is there, else a line after the last import, written as the others are. */
function importEdit(file: SourceFile, from: string, name: string, kind: 'value' | 'type', style: readonly string[]) {
  const imports = file.program.body.filter((node) => node.type === 'ImportDeclaration');
  const specifier = specifierTo(file.path, from, style);
  const there = imports.find(
    (node) => node.source.value === specifier && (kind === 'type') === (node.importKind === 'type') && named(node).length > 0,
  );
  const lastSpecifier = there && named(there).at(-1);
  if (lastSpecifier) return insert(lastSpecifier.end, `, ${name}`);
  const last = imports.at(-1);
  const quote = last && file.text[last.source.start] === '"' ? '"' : "'";
  const end = last && !file.textOf(last).endsWith(';') ? '' : ';';
  const line = `import ${kind === 'type' ? 'type ' : ''}{ ${name} } from ${quote}${specifier}${quote}${end}`;
  return last ? insert(last.end, `\n${line}`) : insert(file.program.body[0]?.start ?? 0, `${line}\n`);
}

const named = (node: Node & { type: 'ImportDeclaration' }): Node[] => node.specifiers.filter(({ type }) => type === 'ImportSpecifier');

/** A relative specifier in the file's own style: with `.js`, with `.ts`, or with no extension. */
function specifierTo(fromPath: string, toPath: string, style: readonly string[]): string {
  const [from, to] = [fromPath.split('/').slice(0, -1), toPath.split('/')];
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared++;
  const up = from.slice(shared).map(() => '..');
  const path = [...(up.length > 0 ? up : ['.']), ...to.slice(shared)].join('/');
  const [, extension] = /(\.[cm]?[jt]sx?)$/.exec(style[0] ?? '') ?? [];
  if (extension?.includes('ts')) return path;
  return extension || (style.length === 0 && /\.[cm]js$|\.mts$/.test(fromPath))
    ? path.replace(/\.([cm]?)tsx?$/, '.$1js')
    : path.replace(/\.[cm]?[jt]sx?$/, '');
}

const distance = (a: string, b: string): number => {
  const [left, right] = [a.split('/'), b.split('/')];
  let shared = 0;
  while (left[shared] !== undefined && left[shared] === right[shared]) shared++;
  return left.length + right.length - 2 * shared;
};
