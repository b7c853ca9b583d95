import { builtinModules } from 'node:module';
import { type Node, type NodeOf, type Project, propertiesOf, type SourceFile, stringValue } from '@selfheal/engine';

/** What a CommonJS file exports: names, and the name or value that it exports as a whole. */
export interface CommonExports {
  readonly names: readonly string[];
  /** `module.exports = thing`. */
  readonly whole: Node | undefined;
  /** The object literal of `module.exports = { … }`. */
  readonly literal: NodeOf<'ObjectExpression'> | undefined;
}

const cache = new WeakMap<SourceFile, CommonExports>();

const isExports = (file: SourceFile, node: Node): boolean => {
  const text = file.textOf(node);
  return text === 'module.exports' || text === 'exports';
};

/** The exports that a CommonJS file assigns at any place. */
export function commonExports(file: SourceFile): CommonExports {
  const known = cache.get(file);
  if (known) return known;
  const names = new Set<string>();
  let whole: Node | undefined;
  for (const node of file.nodes) {
    if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') continue;
    const { left, right } = node;
    if (file.textOf(left) === 'module.exports') whole = right.type === 'AssignmentExpression' ? right.right : right;
    else if (isExports(file, left.object) && left.property.type === 'Identifier' && !left.computed) names.add(left.property.name);
  }
  const literal = whole?.type === 'ObjectExpression' ? whole : undefined;
  if (literal) for (const name of propertiesOf(literal).keys()) names.add(name);
  const made = { names: [...names], whole, literal };
  cache.set(file, made);
  return made;
}

/** Every name that a file exports, in either module system. */
export const exportNames = (project: Project, file: SourceFile): string[] => [
  ...new Set([...project.exportsOf(file), ...commonExports(file).names]),
];

/** Whether the file is an ES module, by what it says. */
export const isModule = (file: SourceFile): boolean =>
  /\.m[jt]s$/.test(file.path) || file.program.body.some((node) => /^(?:Import|Export)/.test(node.type));

/** `require('x')` and its module's name. */
export function requiredName(node: Node | null | undefined): string | undefined {
  if (node?.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require') return undefined;
  return stringValue(node.arguments[0] as Node | undefined);
}

/** The statement that loads a module, as a text that another file can use, with the name that it binds. */
export interface Loader {
  readonly name: string;
  readonly from: string;
  /** `{ name }` rather than `name`. */
  readonly named: boolean;
}

/** What a file loads, name by name. */
export function loadersOf(file: SourceFile): Loader[] {
  return file.program.body.flatMap((node): Loader[] => {
    if (node.type === 'ImportDeclaration' && node.importKind !== 'type')
      return node.specifiers.map((specifier) => ({
        name: specifier.local.name,
        from: node.source.value,
        named: specifier.type === 'ImportSpecifier',
      }));
    if (node.type !== 'VariableDeclaration') return [];
    return node.declarations.flatMap(({ id, init }): Loader[] => {
      const from = requiredName(init);
      if (from === undefined) return [];
      if (id.type === 'Identifier') return [{ name: id.name, from, named: false }];
      if (id.type !== 'ObjectPattern') return [];
      return id.properties.flatMap((p) =>
        p.type === 'Property' && p.shorthand && p.key.type === 'Identifier' ? [{ name: p.key.name, from, named: true }] : [],
      );
    });
  });
}

/** Names that only modules of Node export, for a missing import. */
const NODE_EXPORTS: Readonly<Record<string, string>> = {
  readFileSync: 'fs',
  writeFileSync: 'fs',
  existsSync: 'fs',
  readdirSync: 'fs',
  mkdirSync: 'fs',
  statSync: 'fs',
  createReadStream: 'fs',
  promisify: 'util',
  inspect: 'util',
  inherits: 'util',
  isDeepStrictEqual: 'util',
  EventEmitter: 'events',
  once: 'events',
  createHash: 'crypto',
  createHmac: 'crypto',
  randomUUID: 'crypto',
  randomBytes: 'crypto',
  spawn: 'child_process',
  spawnSync: 'child_process',
  execFile: 'child_process',
  execSync: 'child_process',
  fork: 'child_process',
  createServer: 'http',
  basename: 'path',
  dirname: 'path',
  extname: 'path',
  relative: 'path',
  fileURLToPath: 'url',
  pathToFileURL: 'url',
  Readable: 'stream',
  Writable: 'stream',
  Transform: 'stream',
  PassThrough: 'stream',
  pipeline: 'stream',
  AsyncLocalStorage: 'async_hooks',
  Worker: 'worker_threads',
  createInterface: 'readline',
  gzipSync: 'zlib',
  gunzipSync: 'zlib',
  createRequire: 'module',
  performance: 'perf_hooks',
};

const MODULES: ReadonlySet<string> = new Set(builtinModules.filter((name) => !name.startsWith('_') && !name.includes('/')));

/** Whether a specifier names a module of Node. */
export const isNodeModule = (name: string): boolean => MODULES.has(name.replace(/^node:/, ''));
export const nodeModules = (): readonly string[] => [...MODULES];

/** The module of Node that a name means, and whether it is one of its exports. */
export function nodeLoader(name: string): Loader | undefined {
  if (MODULES.has(name)) return { name, from: name, named: false };
  const from = Object.hasOwn(NODE_EXPORTS, name) ? NODE_EXPORTS[name] : undefined;
  return from ? { name, from, named: true } : undefined;
}

/** The statement that loads a name, in the file's own module system. */
export function loaderText(file: SourceFile, { name, from, named }: Loader): string {
  if (isModule(file)) return named ? `import { ${name} } from '${from}';` : `import ${name} from '${from}';`;
  return named ? `const { ${name} } = require('${from}');` : `const ${name} = require('${from}');`;
}

/** After the last top-level import or require, else before the first statement (after directives). */
export function loaderPlace(file: SourceFile): { at: number; before: string; after: string } {
  const loads = file.program.body.findLast(
    (node) =>
      node.type === 'ImportDeclaration' ||
      (node.type === 'VariableDeclaration' && node.declarations.some(({ init }) => requiredName(init) !== undefined)),
  );
  if (loads) return { at: loads.end, before: '\n', after: '' };
  const directive = file.program.body.findLast((node) => node.type === 'ExpressionStatement' && 'directive' in node && node.directive);
  if (directive) return { at: directive.end, before: '\n', after: '' };
  return { at: file.program.body[0]?.start ?? 0, before: '', after: '\n' };
}

/** The path of a file relative to another's folder, as an import writes it. */
export function relativePath(from: string, to: string): string {
  const base = from.split('/').slice(0, -1);
  const parts = to.split('/');
  while (base.length > 0 && base[0] === parts[0] && parts.length > 1) {
    base.shift();
    parts.shift();
  }
  return `${base.length === 0 ? './' : '../'.repeat(base.length)}${parts.join('/')}`;
}
