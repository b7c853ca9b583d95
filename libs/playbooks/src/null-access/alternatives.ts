import {
  bindingsOf,
  dottedName,
  insert,
  isFunction,
  lookup,
  memberName,
  type Node,
  type NodeOf,
  nearestNames,
  replace,
  returnedBy,
  type SourceFile,
} from '@selfheal/engine';
import { boundThis } from '../shared/bound-this.js';
import { indentOf, statementOf } from '../shared/objects.js';
import type { Proposal } from '../shared/playbook.js';
import { removal } from '../shared/references.js';
import type { Scene } from '../shared/scene.js';

type Member = NodeOf<'MemberExpression'>;

const make = (file: SourceFile, edits: Proposal['edits'][string], template: string, summary: string, score: number): Proposal => ({
  edits: { [file.path]: edits },
  template: `null-access/${template}`,
  summary: summary.slice(0, 300),
  score,
});

/** Other ways than `?.` to mend an access of what may be missing: the value should be there, or the access should not happen. */
export function alternatives(scene: Scene, file: SourceFile, access: Member): Proposal[] {
  return [
    ...conditions(file, access),
    ...newContainers(file, access),
    ...conversions(file, access),
    ...defaultParameter(file, access),
    ...otherProperty(scene, file, access),
    ...loopBounds(file, access),
    ...earlyReturns(file, access),
    ...(access.object.type === 'ThisExpression' ? boundThis(scene, file, access, 'null-access') : []),
  ];
}

/** `a.b === c.d` in a condition: false when there is no `a`. */
function conditions(file: SourceFile, access: Member): Proposal[] {
  const object = file.textOf(access.object);
  if (object.length > 60) return [];
  let top: Node = access;
  for (const ancestor of file.ancestorsOf(access)) {
    const expression =
      ancestor.type === 'MemberExpression' ||
      ancestor.type === 'BinaryExpression' ||
      ancestor.type === 'UnaryExpression' ||
      (ancestor.type === 'CallExpression' && ancestor.callee === top) ||
      ancestor.type === 'ChainExpression';
    if (!expression) break;
    top = ancestor;
  }
  const parent = file.parentOf(top);
  const tested = parent !== undefined && ('test' in parent ? parent.test === top : false);
  const logical = parent?.type === 'LogicalExpression';
  const returned = parent?.type === 'ReturnStatement' || (parent?.type === 'ArrowFunctionExpression' && parent.body === top);
  if (!tested && !logical && !returned) return [];
  const or = logical && parent.operator === '||';
  const guard = or ? [insert(top.start, `(${object} && `), insert(top.end, ')')] : [insert(top.start, `${object} && `)];
  const found = [make(file, guard, 'and', `only if there is ${object}`, tested || logical ? 0.87 : 0.7)];
  if (!or && logical) {
    // First of all, since the operands before may need it, too.
    let outer: Node = parent;
    for (let up = file.parentOf(outer); up?.type === 'LogicalExpression' && up.operator === '&&'; up = file.parentOf(up)) outer = up;
    if (outer.start !== top.start)
      found.push(make(file, [insert(outer.start, `${object} && `)], 'and', `only if there is ${object}`, 0.82));
  }
  if (tested) found.push(make(file, [insert(top.start, `!${object} || `)], 'or', `also if there is no ${object}`, 0.5));
  return found;
}

/** `groups[k].push(x)`, `counts[k][j] = 1`: the container is made when it is first needed. */
function newContainers(file: SourceFile, access: Member): Proposal[] {
  const { object } = access;
  if (object.type !== 'MemberExpression' || !object.computed) return [];
  const name = memberName(access) ?? '';
  const parent = file.parentOf(access);
  const written = (parent?.type === 'AssignmentExpression' && parent.left === access) || parent?.type === 'UpdateExpression';
  const value = ['push', 'unshift', 'concat', 'splice'].includes(name)
    ? '[]'
    : name === 'add'
      ? 'new Set()'
      : name === 'set'
        ? 'new Map()'
        : written
          ? '{}'
          : undefined;
  if (value === undefined) return [];
  const values = value === '{}' ? ['{}', '[]'] : [value];
  return values.map((made, i) =>
    make(
      file,
      [insert(object.start, '('), insert(object.end, ` ??= ${made})`)],
      'new-container',
      `begin with ${made} where there is none`,
      0.9 - 0.1 * i,
    ),
  );
}

/** `x.toString()` where x may be missing: String(x) says it, and a key needs no conversion at all (BugsJS hessian.js-9). */
function conversions(file: SourceFile, access: Member): Proposal[] {
  const call = file.parentOf(access);
  if (call?.type !== 'CallExpression' || call.callee !== access || memberName(access) !== 'toString' || call.arguments.length > 0)
    return [];
  const object = file.textOf(access.object);
  const found = [make(file, [replace(call, `String(${object})`)], 'string-of', `String(${object}) takes null, too`, 0.9)];
  const assignment = file.parentOf(call);
  const statement = assignment && file.parentOf(assignment);
  if (assignment?.type === 'AssignmentExpression' && statement?.type === 'ExpressionStatement' && file.textOf(assignment.left) === object)
    found.push(make(file, [removal(file, statement)], 'no-conversion', `${object} stays as it is`, 0.89));
  return found;
}

function defaultParameter(file: SourceFile, access: Member): Proposal[] {
  const root = rootOf(access);
  if (root?.type !== 'Identifier' || access.object !== root) return [];
  const binding = lookup(file, root.name, root);
  if (binding?.kind !== 'param' || !isFunction(binding.scope) || binding.declaration !== binding.id) return [];
  const name = memberName(access) ?? '';
  const value = access.computed || ['length', 'map', 'filter', 'forEach', 'reduce', 'join', 'slice', 'push'].includes(name) ? '[]' : '{}';
  const last = binding.scope.params.at(-1) === binding.declaration;
  const bare =
    binding.scope.type === 'ArrowFunctionExpression' &&
    file.text[binding.scope.start] !== '(' &&
    file.textOf(binding.scope).startsWith(root.name);
  const edits = bare ? [insert(binding.id.start, '('), insert(binding.id.end, ` = ${value})`)] : [insert(binding.id.end, ` = ${value}`)];
  return [make(file, edits, 'default-parameter', `${root.name} is ${value} by default`, last ? 0.78 : 0.55)];
}

/** The missing value was read under another name than it has. */
function otherProperty(scene: Scene, file: SourceFile, access: Member): Proposal[] {
  const { object } = access;
  if (object.type !== 'MemberExpression' || object.computed) return [];
  const name = memberName(object);
  if (name === undefined || name.length < 3) return [];
  const holder = file.textOf(object.object);
  const [beside, others]: [Set<string>, Set<string>] = [new Set(), new Set()];
  for (const other of scene.project.files().slice(0, 300))
    for (const node of other.nodes) {
      if (node.type === 'MemberExpression' && !node.computed && others.size < 5000) {
        const property = memberName(node);
        if (property === undefined || property === name) continue;
        others.add(property);
        if (other === file && other.textOf(node.object) === holder) beside.add(property);
      } else if (node.type === 'Property' && node.key.type === 'Identifier' && node.key.name !== name && others.size < 5000)
        others.add(node.key.name);
    }
  return [...nearestNames(name, beside, 0.5).slice(0, 2), ...nearestNames(name, others, 0.75).slice(0, 2)].map(({ name: near, score }) =>
    make(file, [replace(object.property, near)], 'other-property', `read ${holder}.${near} instead of ${name}`, 0.45 + 0.45 * score),
  );
}

/** `a[i].x` in `for (…; i <= a.length; …)`: one step too far. */
function loopBounds(file: SourceFile, access: Member): Proposal[] {
  const { object } = access;
  if (object.type !== 'MemberExpression' || !object.computed) return [];
  const list = dottedName(object.object);
  return file.ancestorsOf(access).flatMap((loop) => {
    if (loop.type !== 'ForStatement' || loop.test?.type !== 'BinaryExpression') return [];
    const { left, right, operator } = loop.test;
    const between = { start: left.end, end: right.start };
    if (operator === '<=')
      return [
        make(
          file,
          [replace(between, ' < ')],
          'loop-bound',
          `stop before ${file.textOf(right)}`,
          file.textOf(right).startsWith(list ?? '\0') ? 0.97 : 0.8,
        ),
      ];
    return operator === '<' && object.property.type === 'BinaryExpression' && object.property.operator === '+'
      ? [make(file, [insert(right.end, ` - ${file.textOf(object.property.right)}`)], 'loop-bound', 'stop one step earlier', 0.85)]
      : [];
  });
}

/** Nothing to do without it: the function ends, with what it returns for nothing elsewhere. */
function earlyReturns(file: SourceFile, access: Member): Proposal[] {
  const object = file.textOf(access.object);
  const statement = statementOf(file, access);
  const fn = file.enclosingFunction(access);
  if (!statement || !fn || object.length > 60 || !dottedName(access.object)) return [];
  const declared = bindingsOf(file)
    .get(object)
    ?.some((binding) => statement.start <= binding.id.start && binding.id.end <= statement.end);
  if (declared) return [];
  const values = new Set<string>();
  for (const node of returnedBy(file, fn).slice(0, 20)) {
    const text = file.textOf(node);
    if (/^(?:true|false|!.*|.*[=!]==.*)$/.test(text)) values.add('false');
    else if (/^(?:null|undefined|-1|0|''|""|\[\]|\{\})$/.test(text)) values.add(text);
    else if (text.startsWith('[')) values.add('[]');
    else if (/^['"`]/.test(text)) values.add("''");
    else if (/^\d/.test(text)) values.add('0');
  }
  if (values.size === 0) values.add(returnedBy(file, fn).length === 0 ? '' : 'null');
  const loop = file.ancestorsOf(access).find((node) => isFunction(node) || /^(?:For|While|DoWhile)/.test(node.type));
  const skips =
    loop && !isFunction(loop)
      ? [
          make(
            file,
            [insert(statement.start, `if (!${object}) continue;\n${indentOf(file, statement)}`)],
            'skip',
            `go on where there is no ${object}`,
            0.6,
          ),
        ]
      : [];
  return [
    ...[...values]
      .slice(0, 3)
      .map((value, i) =>
        make(
          file,
          [insert(statement.start, `if (${object} == null) return${value === '' ? '' : ` ${value}`};\n${indentOf(file, statement)}`)],
          'early-return',
          `return ${value || 'at once'} when there is no ${object}`,
          0.68 - 0.04 * i,
        ),
      ),
    ...skips,
  ];
}

function rootOf(node: Node): Node | undefined {
  let at: Node = node;
  while (at.type === 'MemberExpression') at = at.object;
  return at;
}
