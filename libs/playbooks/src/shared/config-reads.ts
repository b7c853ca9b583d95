/** Where code reads its configuration. */
import { keyName, lookup, memberName, type Node, type NodeOf, type Project, type SourceFile, stringValue, unwrap } from '@selfheal/engine';
import { isConfigName } from './config-names.js';

/** One read of a configuration key. */
export interface ConfigRead {
  readonly file: SourceFile;
  /** The whole expression that gives the value. */
  readonly node: Node;
  readonly keys: readonly string[];
  readonly env: boolean;
  /** The text that puts another key in place of the one at `depth`, and where. */
  rename(depth: number, name: string): { start: number; end: number; text: string } | undefined;
}

const STORE = /^(?:\w*config\w*|conf|nconf|settings|env)$/i;

/** Every read of the environment (`process.env.X`), of a store (`config.get('a.b')`) and of a loaded file (`config.a.b`). */
export function configReads(project: Project): ConfigRead[] {
  return project.files().flatMap((file) => file.nodes.flatMap((node) => readOf(file, node)));
}

function readOf(file: SourceFile, node: Node): ConfigRead[] {
  if (node.type === 'CallExpression') return storeRead(file, node);
  if (node.type === 'VariableDeclarator') return destructured(file, node);
  return node.type === 'MemberExpression' ? memberRead(file, node) : [];
}

/** `config.get('a.b')`, `configService.getOrThrow<string>('A')`. */
function storeRead(file: SourceFile, call: NodeOf<'CallExpression'>): ConfigRead[] {
  const callee = unwrap(call.callee);
  const [first] = call.arguments;
  const path = stringValue(first);
  if (callee.type !== 'MemberExpression' || !first || path === undefined || !/^[\w.-]{1,128}$/.test(path)) return [];
  if (!['get', 'getOrThrow', 'has'].includes(memberName(callee) ?? '')) return [];
  const owner = unwrap(callee.object);
  const name = owner.type === 'Identifier' ? owner.name : owner.type === 'MemberExpression' ? (memberName(owner) ?? '') : '';
  if (!STORE.test(name)) return [];
  const keys = path.split('.');
  const env = keys.length === 1 && /^[A-Z][A-Z\d_]*$/.test(path);
  return [
    {
      file,
      node: call,
      keys,
      env,
      rename: (depth, to) => ({ start: first.start + 1, end: first.end - 1, text: keys.with(depth, to).join('.') }),
    },
  ];
}

/** `const { A, B: b } = process.env`. */
function destructured(file: SourceFile, node: NodeOf<'VariableDeclarator'>): ConfigRead[] {
  if (node.id.type !== 'ObjectPattern' || !node.init || file.textOf(node.init) !== 'process.env') return [];
  return node.id.properties.flatMap((property) => {
    const key = property.type === 'Property' ? keyName(property.key, property.computed) : undefined;
    if (property.type !== 'Property' || key === undefined) return [];
    const { start, end } = property.key;
    const rename = (_depth: number, to: string) => ({ start, end, text: property.shorthand ? `${to}: ${key}` : to });
    return [{ file, node: property, keys: [key], env: true, rename }];
  });
}

function memberRead(file: SourceFile, node: NodeOf<'MemberExpression'>): ConfigRead[] {
  const parent = file.parentOf(node);
  if (parent?.type === 'MemberExpression' && parent.object === node) return [];
  const chain: NodeOf<'MemberExpression'>[] = [];
  let root: Node = node;
  for (; root.type === 'MemberExpression'; root = unwrap(root.object)) chain.unshift(root);
  // `config.list.map(…)` reads config.list.
  if (parent?.type === 'CallExpression' && parent.callee === node) chain.pop();
  const names = chain.map((each) => memberName(each));
  if (root.type !== 'Identifier' || names.some((name) => name === undefined)) return [];
  const env = root.name === 'process' && names[0] === 'env';
  if (!env && !isLoaded(file, root)) return [];
  const skip = env ? 1 : 0;
  const keys = (names as string[]).slice(skip).slice(0, env ? 1 : undefined);
  const last = chain[skip + keys.length - 1];
  if (keys.length === 0 || !last) return [];
  return [
    {
      file,
      node: last,
      keys,
      env,
      rename: (depth, to) => {
        const property = chain[skip + depth]?.property;
        if (!property || !/^[A-Za-z_$][\w$]*$/.test(to)) return undefined;
        return { start: property.start, end: property.end, text: property.type === 'Literal' ? `'${to}'` : to };
      },
    },
  ];
}

const FILE = /\.(?:jsonc?|ya?ml)['"`]/;

/** Whether a name stands for a configuration file's content: imported, required, or parsed from one. */
function isLoaded(file: SourceFile, root: NodeOf<'Identifier'>): boolean {
  const binding = lookup(file, root.name, root);
  if (!binding) return false;
  const { declaration } = binding;
  if (binding.kind === 'import') {
    const statement = file.parentOf(declaration);
    return (
      statement?.type === 'ImportDeclaration' && declaration.type === 'ImportDefaultSpecifier' && FILE.test(file.textOf(statement.source))
    );
  }
  if (declaration.type !== 'VariableDeclarator' || !declaration.init) return false;
  const text = file.textOf(declaration.init).slice(0, 500);
  return FILE.test(text) || (isConfigName(root.name) && /\b(?:parse|load|readConfig)\w*\(/.test(text));
}
