import { bindingsOf, insert, lookup, type Node, type NodeOf, namesInScope, replace, type SourceFile, similarity } from '@selfheal/engine';
import { indentOf, statementOf } from '../shared/objects.js';
import type { Proposal } from '../shared/playbook.js';
import { unresolved } from '../shared/references.js';
import type { Scene } from '../shared/scene.js';
import { missingDeclaration } from './declare.js';
import { elsewhere } from './elsewhere.js';
import { otherMeanings } from './expressions.js';
import { globals } from './globals.js';
import { otherScopes } from './scopes.js';
import { otherVariables } from './variables.js';

/** The fixes for a name that nothing declares, best first. */
export function nameFixes(scene: Scene, file: SourceFile, use: Node, name: string): Proposal[] {
  const uses = unresolved(file, name);
  const everywhere = uses.includes(use as NodeOf<'Identifier'>) ? uses : [use];
  const all = [
    ...imports(scene, file, name),
    ...otherNames(scene, file, use, name),
    ...declarations(file, use, name),
    ...elsewhere(scene, file, use, everywhere, name),
    ...otherVariables(file, use, everywhere, name),
    ...globals(file, use, everywhere, name),
    ...otherScopes(file, use, name),
    ...missingDeclaration(file, everywhere, name),
    ...otherMeanings(file, use, name),
  ];
  const seen = new Set<string>();
  return all
    .sort((a, b) => b.score - a.score)
    .filter((fix) => !seen.has(JSON.stringify(fix.edits)) && seen.add(JSON.stringify(fix.edits)))
    .slice(0, 30);
}

const make = (file: SourceFile, edits: Proposal['edits'][string], template: string, summary: string, score: number): Proposal => ({
  edits: { [file.path]: edits },
  template: `undefined-name/${template}`,
  summary,
  score,
});

/** A module of the project exports the very name: import it, in the style of the imports that are there. */
function imports(scene: Scene, file: SourceFile, name: string): Proposal[] {
  return scene.project
    .files()
    .filter((other) => other !== file && scene.project.exportsOf(other).includes(name))
    .slice(0, 3)
    .map((other) => {
      const existing = file.program.body.find(
        (node): node is NodeOf<'ImportDeclaration'> =>
          node.type === 'ImportDeclaration' &&
          node.importKind !== 'type' &&
          scene.project.resolve(file.path, node.source.value) === other.path,
      );
      const last = existing?.specifiers.at(-1);
      if (existing && last?.type === 'ImportSpecifier')
        return make(file, [insert(last.end, `, ${name}`)], 'import', `import ${name} from ${existing.source.value}`, 0.97);
      const specifier = specifierOf(file, other.path);
      const after = file.program.body.findLast((node) => node.type === 'ImportDeclaration');
      const line = `import { ${name} } from '${specifier}';`;
      return make(
        file,
        [after ? insert(after.end, `\n${line}`) : insert(0, `${line}\n`)],
        'import',
        `import ${name} from ${specifier}`,
        0.96,
      );
    });
}

/** The relative specifier, with the extension that the file's other imports use. */
function specifierOf(file: SourceFile, path: string): string {
  const from = file.path.split('/').slice(0, -1);
  const to = path.split('/');
  while (from.length > 0 && from[0] === to[0]) {
    from.shift();
    to.shift();
  }
  const sample =
    file.program.body.flatMap((n) => (n.type === 'ImportDeclaration' && n.source.value.startsWith('.') ? [n.source.value] : []))[0] ??
    './x.js';
  const extension = /\.[cm]?[jt]sx?$/.exec(sample)?.[0];
  const bare = to.join('/').replace(/\.[cm]?[jt]sx?$/, '');
  const own = /\.[cm]?[jt]sx?$/.exec(path)?.[0] ?? '';
  const suffix = extension === undefined ? '' : extension.includes('t') ? own : own.replace('t', 'j');
  return `${from.length === 0 ? './' : '../'.repeat(from.length)}${bare}${suffix}`;
}

/** A visible name: near in spelling, called with the same arguments elsewhere, or exported next door. */
function otherNames(scene: Scene, file: SourceFile, use: Node, name: string): Proposal[] {
  const parent = file.parentOf(use);
  const call = parent?.type === 'CallExpression' && parent.callee === use ? parent : undefined;
  const alike = new Map<string, number>();
  if (call) {
    const args = call.arguments.map((argument) => file.textOf(argument)).join();
    for (const node of file.nodes)
      if (node.type === 'CallExpression' && node !== call && node.callee.type === 'Identifier' && args !== '')
        if (node.arguments.map((a) => file.textOf(a)).join() === args) alike.set(node.callee.name, (alike.get(node.callee.name) ?? 0) + 1);
  }
  const visible = new Set(namesInScope(file, use).filter((other) => other !== name));
  return [...visible].flatMap((other) => {
    const likeness = similarity(name, other);
    const uses = alike.get(other) ?? 0;
    const callable = call === undefined || isCallable(scene, file, use, other);
    const score = 0.45 + 0.4 * likeness + Math.min(0.15, 0.05 * uses);
    return callable && (likeness >= 0.45 || uses > 0)
      ? [make(file, [replace(use, other)], 'other-name', `use ${other} instead of ${name}`, score)]
      : [];
  });
}

function isCallable(scene: Scene, file: SourceFile, use: Node, name: string): boolean {
  const declared = scene.project.lookup(file, name, use);
  return declared !== undefined && (declared.binding.kind !== 'variable' || declared.binding.declaration.type === 'VariableDeclarator');
}

/** A lost declaration: a sibling function declares the same name, with names that are visible here, too. */
function declarations(file: SourceFile, use: Node, name: string): Proposal[] {
  const statement = statementOf(file, use);
  const fn = file.enclosingFunction(use);
  if (!statement || !fn) return [];
  const first =
    fn.body?.type === 'BlockStatement'
      ? (fn.body.body.find((s) => file.within(s).some((n) => n.type === 'Identifier' && n.name === name)) ?? statement)
      : statement;
  const texts = new Set<string>();
  for (const binding of bindingsOf(file).get(name) ?? []) {
    const declaration = binding.declaration.type === 'VariableDeclarator' ? file.parentOf(binding.declaration) : undefined;
    if (declaration?.type !== 'VariableDeclaration' || declaration.declarations.length !== 1 || binding.scope === file.program) continue;
    const awaits = file.within(declaration).some((node) => node.type === 'AwaitExpression');
    const known = file.within(declaration).every((node) => {
      if (node.type !== 'Identifier' || node === binding.id) return true;
      const parent = file.parentOf(node);
      const isName =
        (parent?.type === 'MemberExpression' && parent.property === node && !parent.computed) ||
        (parent?.type === 'Property' && parent.key === node && !parent.shorthand);
      return isName || lookup(file, node.name, first) !== undefined || node.name in globalThis;
    });
    if (known && (!awaits || fn.async)) texts.add(file.textOf(declaration));
  }
  return [...texts]
    .slice(0, 3)
    .map((text, i) =>
      make(
        file,
        [insert(first.start, `${text}\n${indentOf(file, first)}`)],
        'declare',
        `declare it as next door: ${text.slice(0, 200)}`,
        0.9 - 0.03 * i,
      ),
    );
}
