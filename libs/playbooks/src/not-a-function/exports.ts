import { bindingsOf, insert, memberName, type Node, type NodeOf, nearestNames, replace, type SourceFile, unwrap } from '@selfheal/engine';
import { commonExports, exportNames, isModule, requiredName } from '../shared/modules.js';
import { addProperty } from '../shared/objects.js';
import type { Proposal } from '../shared/playbook.js';
import type { Scene } from '../shared/scene.js';
import type { FailedCall } from './failed-call.js';
import { fixOf } from './fix.js';

/** What is called comes from another file: that does not export it, or exports it in another form than it is loaded. */
export function exportsOfModule({ scene, file, call }: FailedCall): Proposal[] {
  const callee = unwrap(call.callee);
  const root = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  if (root.type !== 'Identifier') return [];
  const load = loadOf(scene, file, root.name);
  if (!load) return [];
  if (callee.type === 'MemberExpression') return memberOfModule(scene, file, callee, load);
  return wholeModule(scene, file, root, load);
}

interface Load {
  readonly target: SourceFile;
  /** The identifier that is bound. */
  readonly id: Node;
  readonly how: 'require' | 'destructured' | 'default' | 'named' | 'namespace';
}

function loadOf({ project }: Scene, file: SourceFile, name: string): Load | undefined {
  const binding = (bindingsOf(file).get(name) ?? []).find(({ kind }) => kind === 'import' || kind === 'variable');
  if (!binding) return undefined;
  const { declaration, id } = binding;
  const statement = file.parentOf(declaration);
  const source =
    statement?.type === 'ImportDeclaration'
      ? statement.source.value
      : declaration.type === 'VariableDeclarator'
        ? requiredName(declaration.init)
        : undefined;
  const path = source === undefined ? undefined : project.resolve(file.path, source);
  const target = path === undefined ? undefined : project.file(path);
  if (!target) return undefined;
  const how =
    declaration.type === 'ImportDefaultSpecifier'
      ? 'default'
      : declaration.type === 'ImportNamespaceSpecifier'
        ? 'namespace'
        : declaration.type === 'ImportSpecifier'
          ? 'named'
          : declaration.type === 'VariableDeclarator' && declaration.id.type === 'ObjectPattern'
            ? 'destructured'
            : 'require';
  return { target, id, how };
}

/** `lib.total()`: lib exports a near name, or has the function and does not export it. */
function memberOfModule(scene: Scene, file: SourceFile, callee: NodeOf<'MemberExpression'>, { target, how }: Load): Proposal[] {
  const name = memberName(callee);
  if (name === undefined) return [];
  const names = exportNames(scene.project, target);
  const near = nearestNames(name, names, 0.4)
    .slice(0, 3)
    .flatMap(({ name: other, score }) => [
      fixOf(file, [replace(callee.property, other)], 'export', `call ${other} instead of ${name}`, 0.5 + 0.4 * score),
      ...renamedExport(target, other, name, 0.5 + 0.42 * score),
    ]);
  const given = how === 'require' || how === 'namespace' || how === 'default' ? missingExport(target, name) : [];
  const inside =
    !names.includes(name) && names.includes('default')
      ? [fixOf(file, [insert(callee.object.end, '.default')], 'export', 'take the default export', 0.6)]
      : [];
  return [...given, ...near, ...inside];
}

/** `lib()` where lib is an object of exports, or `name()` that the module does not export so. */
function wholeModule(scene: Scene, file: SourceFile, root: NodeOf<'Identifier'>, { target, id, how }: Load): Proposal[] {
  const { names, whole } = commonExports(target);
  const own = exportNames(scene.project, target);
  const has = own.includes(root.name);
  const found: Proposal[] = [];
  if (how === 'require') {
    if (has) found.push(fixOf(file, [replace(id, `{ ${root.name} }`)], 'destructure', `${root.name} is one of several exports`, 0.95));
    if (names.includes('default') || (isModule(target) && target.program.body.some((node) => node.type === 'ExportDefaultDeclaration')))
      found.push(...afterRequire(file, id, '.default', 0.93));
    if (!has)
      for (const { name: other, score } of nearestNames(root.name, own, 0.4).slice(0, 3))
        found.push(...afterRequire(file, id, `.${other}`, 0.5 + 0.4 * score));
    const declared = declaredFunction(target, root.name);
    if (declared && (whole === undefined || whole.type === 'ObjectExpression'))
      found.push(
        whole
          ? fixOf(target, [replace(whole, root.name)], 'export-whole', `export ${root.name} itself`, 0.7)
          : fixOf(
              target,
              [insert(target.text.trimEnd().length, `\n\nmodule.exports = ${root.name};`)],
              'export-whole',
              `export ${root.name}`,
              0.9,
            ),
      );
  }
  if (how === 'destructured' && !has) {
    if (whole && whole.type !== 'ObjectExpression') {
      const pattern = file.ancestorsOf(id).find((node) => node.type === 'ObjectPattern');
      if (pattern?.type === 'ObjectPattern' && pattern.properties.length === 1)
        found.push(fixOf(file, [replace(pattern, root.name)], 'whole', `${root.name} is the whole export`, 0.95));
    }
    const property = file.parentOf(id);
    for (const { name: other, score } of nearestNames(root.name, own, 0.4).slice(0, 3)) {
      if (property?.type === 'Property' && property.shorthand)
        found.push(
          fixOf(file, [replace(property, `${other}: ${root.name}`)], 'export', `take ${other} as ${root.name}`, 0.5 + 0.4 * score),
        );
      found.push(...renamedExport(target, other, root.name, 0.5 + 0.42 * score));
    }
    found.push(...missingExport(target, root.name));
  }
  return found;
}

function afterRequire(file: SourceFile, id: Node, suffix: string, score: number): Proposal[] {
  const declarator = file.parentOf(id);
  const init = declarator?.type === 'VariableDeclarator' ? declarator.init : undefined;
  return init ? [fixOf(file, [insert(init.end, suffix)], 'export', `take ${suffix.slice(1)} of the module`, score)] : [];
}

/** The file declares the function and does not export it. */
export function missingExport(target: SourceFile, name: string): Proposal[] {
  const { literal, names } = commonExports(target);
  const declared = declaredFunction(target, name);
  if (!declared || names.includes(name)) return [];
  if (isModule(target)) {
    const exported = target.parentOf(declared)?.type === 'ExportNamedDeclaration';
    return exported ? [] : [fixOf(target, [insert(declared.start, 'export ')], 'missing-export', `export ${name}`, 0.94)];
  }
  if (literal) return [fixOf(target, [addProperty(target, literal, name)], 'missing-export', `export ${name}`, 0.95)];
  return [
    fixOf(
      target,
      [insert(target.text.trimEnd().length, `\n\nmodule.exports.${name} = ${name};`)],
      'missing-export',
      `export ${name}`,
      0.93,
    ),
  ];
}

/** The top-level statement that declares a name. */
function declaredFunction(target: SourceFile, name: string): Node | undefined {
  const binding = (bindingsOf(target).get(name) ?? []).find(
    ({ scope, kind }) => scope === target.program && kind !== 'import' && kind !== 'type',
  );
  if (!binding) return undefined;
  return binding.kind === 'variable' ? target.parentOf(binding.declaration) : binding.declaration;
}

/** The export itself is misspelt: it gets the name that is called. */
function renamedExport(target: SourceFile, exported: string, name: string, score: number): Proposal[] {
  const { literal } = commonExports(target);
  const property = literal?.properties.find((p) => p.type === 'Property' && p.key.type === 'Identifier' && p.key.name === exported);
  if (property?.type === 'Property')
    return [
      fixOf(
        target,
        [property.shorthand ? replace(property, `${name}: ${exported}`) : replace(property.key, name)],
        'rename-export',
        `export ${exported} as ${name}`,
        score,
      ),
    ];
  const assignment = target.nodes.find(
    (node) =>
      node.type === 'MemberExpression' &&
      /^(?:module\.)?exports\.\w+$/.test(target.textOf(node)) &&
      memberName(node) === exported &&
      target.parentOf(node)?.type === 'AssignmentExpression',
  );
  return assignment?.type === 'MemberExpression'
    ? [fixOf(target, [replace(assignment.property, name)], 'rename-export', `export ${exported} as ${name}`, score)]
    : [];
}
