import { insert, isClass, isFunction, keyName, type Node, type NodeOf, replace, type SourceFile } from '@selfheal/engine';
import {
  commonExports,
  exportNames,
  isModule,
  type Loader,
  loaderPlace,
  loadersOf,
  loaderText,
  nodeLoader,
  relativePath,
  requiredName,
} from '../shared/modules.js';
import type { Proposal } from '../shared/playbook.js';
import type { Scene } from '../shared/scene.js';
import { fixOf } from './fix.js';

/** The name lives elsewhere: on `this`, on a module that is loaded, in a file that exports it, in a module of Node. */
export const elsewhere = (scene: Scene, file: SourceFile, use: Node, uses: readonly Node[], name: string): Proposal[] => [
  ...members(file, use, uses, name),
  ...loadedModules(scene, file, uses, name),
  ...missingLoads(scene, file, name),
];

/** A method or field of the class or object around the use; a name that the file itself puts on its exports. */
function members(file: SourceFile, use: Node, uses: readonly Node[], name: string): Proposal[] {
  const prefix = (text: string, score: number) =>
    fixOf(
      file,
      uses.map((node) => replace(node, `${text}.${name}`)),
      'member',
      `${name} is a member of ${text}`,
      score,
    );
  const found: Proposal[] = [];
  const around = file.ancestorsOf(use).find((node) => isClass(node) || node.type === 'ObjectExpression');
  if (around && hasMember(file, around, name)) found.push(prefix('this', 0.93));
  if (!around && new RegExp(`\\bthis\\.${name.replaceAll('$', '\\$')}\\b`).test(file.text)) found.push(prefix('this', 0.8));
  for (const holder of holdersOf(file, use, name)) found.push(prefix(holder, 0.87));
  if (commonExports(file).names.includes(name))
    found.push(prefix(/\bexports\.\w+\s*=/.test(file.text) && !/module\.exports\s*=/.test(file.text) ? 'exports' : 'module.exports', 0.9));
  return found;
}

/** Variables of the function whose property of that name it reads elsewhere: `options.timeout` next to a bare `timeout`. */
function holdersOf(file: SourceFile, use: Node, name: string): string[] {
  const fn = file.enclosingFunction(use);
  const holders = (fn ? file.within(fn) : []).flatMap((node) => {
    const parent = file.parentOf(node);
    const written = parent?.type === 'AssignmentExpression' && parent.left === node;
    return node.type === 'MemberExpression' &&
      node.object.type === 'Identifier' &&
      !written &&
      keyName(node.property, node.computed) === name
      ? [node.object.name]
      : [];
  });
  return [...new Set(holders)].slice(0, 3);
}

function hasMember(file: SourceFile, around: Node, name: string): boolean {
  if (around.type === 'ObjectExpression')
    return around.properties.some((p) => p.type === 'Property' && keyName(p.key, p.computed) === name);
  const inside = file.within(around);
  return inside.some(
    (node) =>
      ((node.type === 'MethodDefinition' || node.type === 'PropertyDefinition') && keyName(node.key as Node, node.computed) === name) ||
      (node.type === 'MemberExpression' && node.object.type === 'ThisExpression' && keyName(node.property, node.computed) === name),
  );
}

/** `const util = require('./util')` is there and util exports the name: `util.name`. */
function loadedModules(scene: Scene, file: SourceFile, uses: readonly Node[], name: string): Proposal[] {
  return loadersOf(file)
    .filter(({ named }) => !named)
    .flatMap(({ name: module, from }) => {
      const path = scene.project.resolve(file.path, from);
      const target = path === undefined ? undefined : scene.project.file(path);
      const own = nodeLoader(name);
      const has = target
        ? exportNames(scene.project, target).includes(name)
        : own?.named === true && own.from === from.replace(/^node:/, '');
      return has
        ? [
            fixOf(
              file,
              uses.map((node) => replace(node, `${module}.${name}`)),
              'member',
              `${name} is an export of ${module}`,
              0.96,
            ),
          ]
        : [];
    });
}

/** Nothing loads it yet: as another file does, from the file that exports it, from Node. */
function missingLoads(scene: Scene, file: SourceFile, name: string): Proposal[] {
  const loaders = new Map<string, { loader: Loader; score: number }>();
  const add = (loader: Loader, score: number) => {
    const text = loaderText(file, loader);
    if ((loaders.get(text)?.score ?? 0) < score) loaders.set(text, { loader, score });
  };
  const own = nodeLoader(name);
  if (own) add(own, own.named ? 0.86 : 0.95);
  for (const other of scene.project.files()) {
    if (other === file) continue;
    for (const loader of loadersOf(other)) if (loader.name === name) add({ ...loader, from: moved(scene, other, file, loader.from) }, 0.9);
    const { whole, names } = commonExports(other);
    if (isModule(file)) continue;
    if (names.includes(name)) add({ name, from: bare(relativePath(file.path, other.path)), named: true }, 0.94);
    else if (whole && (nameOf(whole) === name || (basename(other.path) === name && isFunctionLike(whole))))
      add({ name, from: bare(relativePath(file.path, other.path)), named: false }, 0.93);
  }
  return [...loaders.values()]
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .flatMap(({ loader, score }) => [...widened(file, loader, score), added(file, loader, score)]);
}

function added(file: SourceFile, loader: Loader, score: number): Proposal {
  const { at, before, after } = loaderPlace(file);
  return fixOf(
    file,
    [insert(at, `${before}${loaderText(file, loader)}${after}`)],
    'import',
    `load ${loader.name} from ${loader.from}`,
    score,
  );
}

/** `const { a } = require('./x')` is there: it takes the name, too. */
function widened(file: SourceFile, loader: Loader, score: number): Proposal[] {
  if (!loader.named) return [];
  return file.program.body.flatMap((node) => {
    if (node.type !== 'VariableDeclaration') return [];
    return node.declarations.flatMap(({ id, init }) => {
      const last = id.type === 'ObjectPattern' && requiredName(init) === loader.from ? id.properties.at(-1) : undefined;
      return last
        ? [fixOf(file, [insert(last.end, `, ${loader.name}`)], 'import', `load ${loader.name} from ${loader.from}`, score + 0.01)]
        : [];
    });
  });
}

/** A specifier of one file as another file would write it. */
function moved(scene: Scene, from: SourceFile, to: SourceFile, specifier: string): string {
  const path = specifier.startsWith('.') ? scene.project.resolve(from.path, specifier) : undefined;
  if (path === undefined) return specifier;
  const extension = /\.[cm]?[jt]sx?$/.exec(specifier)?.[0] ?? '';
  return relativePath(to.path, path).replace(/\.[cm]?[jt]sx?$/, '') + extension;
}

const bare = (path: string): string => path.replace(/\.js$/, '').replace(/\/index$/, '');
const basename = (path: string): string =>
  path
    .split('/')
    .at(-1)
    ?.replace(/\.[^.]+$/, '') ?? '';
const isFunctionLike = (node: Node): boolean => isFunction(node) || isClass(node) || node.type === 'Identifier';
const nameOf = (node: Node): string | undefined => {
  if (node.type === 'Identifier') return node.name;
  return isFunction(node) || isClass(node) ? ((node as NodeOf<'FunctionExpression'>).id?.name ?? undefined) : undefined;
};
