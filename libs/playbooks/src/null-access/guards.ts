import {
  allowsNullish,
  calleeName,
  type FunctionNode,
  insert,
  isFunction,
  type Node,
  type NodeOf,
  replace,
  type SourceFile,
  shapeOf,
} from '@selfheal/engine';
import type { Proposal } from '../shared/playbook.js';
import type { Scene } from '../shared/scene.js';
import { type Access, objectOf } from './access.js';
import { alternatives } from './alternatives.js';
import { earlyGuards } from './early-guard.js';

const proposal = (file: SourceFile, edits: Proposal['edits'][string], template: string, summary: string, score: number): Proposal => ({
  edits: { [file.path]: edits },
  template: `null-access/${template}`,
  summary,
  score,
});

/** The ways to guard one access, best first by how little they change and how well they fit. */
export function guards(scene: Scene, file: SourceFile, access: Access): Proposal[] {
  const object = file.textOf(objectOf(access));
  const early = earlyGuards(scene, file, access);
  if (access.type !== 'MemberExpression') {
    const source = objectOf(access);
    const empty = access.type === 'VariableDeclarator' && access.id.type === 'ObjectPattern' ? '{}' : '[]';
    return [proposal(file, [replace(source, `${object} ?? ${empty}`)], 'default', `default ${object} to ${empty}`, 0.8), ...early];
  }
  const optional = toOptional(file, access);
  const chain = chainEnd(file, access);
  const defaults = defaultsFor(scene, file, chain);
  const guarded = (value: string) => withDefault(file, chain, value);
  const rest = sameObject(file, access).filter((other) => other !== access);
  const whole = wholeObject(file, access);
  return [
    ...defaults.map((value, i) =>
      proposal(
        file,
        [optional, ...guarded(value)],
        'optional-default',
        `read ${object} with ?. and default to ${value}`,
        (i === 0 ? 0.92 : 0.8) - 0.05 * i,
      ),
    ),
    proposal(file, [optional], 'optional-chain', `read ${object} with ?.`, 0.84),
    ...(rest.length > 0
      ? [
          proposal(
            file,
            [optional, ...rest.map((other) => toOptional(file, other))],
            'optional-chain-all',
            `read ${object} with ?. everywhere in this function`,
            0.86,
          ),
          ...defaults
            .slice(0, 1)
            .map((value) =>
              proposal(
                file,
                [
                  optional,
                  ...guarded(value),
                  ...rest.flatMap((other) => [toOptional(file, other), ...withDefault(file, chainEnd(file, other), value)]),
                ],
                'optional-default-all',
                `read ${object} with ?. and default to ${value} everywhere in this function`,
                0.88,
              ),
            ),
        ]
      : []),
    ...(whole
      ? [
          proposal(
            file,
            [insert(whole.start, `${object} ? `), insert(whole.end, ' : null')],
            'conditional',
            `null instead of the object when there is no ${object}`,
            0.83,
          ),
        ]
      : []),
    ...early,
    ...alternatives(scene, file, access),
  ];
}

/** `a.b` to `a?.b`, `a[b]` to `a?.[b]`. */
function toOptional(file: SourceFile, access: NodeOf<'MemberExpression'>) {
  const { object } = access;
  // `a!.b` says that `a` is never missing: the claim goes with the guard.
  if (object.type === 'TSNonNullExpression' && !access.computed) {
    return replace({ start: object.expression.end, end: access.property.start }, '?.');
  }
  const dot = file.text.slice(access.object.end, access.property.start);
  const at = access.object.end + Math.max(0, dot.indexOf(access.computed ? '[' : '.'));
  return access.computed ? insert(at, '?.') : replace({ start: at, end: at + 1 }, '?.');
}

/** The whole chain that `?.` cuts short: `a.b.c()` of `a.b`. */
function chainEnd(file: SourceFile, access: Node): Node {
  const parent = file.parentOf(access);
  if (!parent) return access;
  const goesOn =
    (parent.type === 'MemberExpression' && parent.object === access) ||
    (parent.type === 'CallExpression' && parent.callee === access) ||
    parent.type === 'ChainExpression' ||
    parent.type === 'TSNonNullExpression';
  return goesOn ? chainEnd(file, parent) : access;
}

function withDefault(file: SourceFile, chain: Node, value: string) {
  const parent = file.parentOf(chain);
  if (parent?.type === 'LogicalExpression' && parent.operator === '??' && parent.left === chain) return [];
  const tight =
    parent?.type === 'BinaryExpression' ||
    parent?.type === 'UnaryExpression' ||
    parent?.type === 'LogicalExpression' ||
    parent?.type === 'MemberExpression';
  return tight ? [insert(chain.start, '('), insert(chain.end, ` ?? ${value})`)] : [insert(chain.end, ` ?? ${value}`)];
}

/** Values that fit where the chain's value goes, likeliest first. */
function defaultsFor(scene: Scene, file: SourceFile, chain: Node): string[] {
  const parent = file.parentOf(chain);
  if (isTextMethod(chain)) return ["''", 'null'];
  const shape = shapeOf(scene.project, file, chain);
  const byShape =
    shape?.kind === 'array'
      ? '[]'
      : shape?.kind === 'primitive'
        ? { string: "''", number: '0', boolean: 'false', bigint: '0n', symbol: 'null' }[shape.name]
        : undefined;
  if (parent?.type === 'ForOfStatement' || parent?.type === 'SpreadElement') return ['[]'];
  if (parent?.type === 'TemplateLiteral') return ["''"];
  if (parent?.type === 'BinaryExpression') return [byShape ?? '0', "''"].filter((v, i, all) => all.indexOf(v) === i);
  // A value that becomes a field or an answer: null says "none"; an empty value keeps the type.
  const fields = ['null', ...(byShape ? [byShape] : ["''"])];
  if (parent?.type === 'Property' || parent?.type === 'ArrowFunctionExpression' || parent?.type === 'ReturnStatement') {
    const fn = file.enclosingFunction(chain);
    const nullable = parent.type === 'Property' || !fn?.returnType || allowsNullish(fn.returnType);
    return nullable ? fields : [...fields].reverse();
  }
  return byShape ? [byShape, 'null'] : ['null', "''"];
}

/** The other unguarded reads of the same object in the same function. */
function sameObject(file: SourceFile, access: NodeOf<'MemberExpression'>): NodeOf<'MemberExpression'>[] {
  const fn: FunctionNode | undefined = file.enclosingFunction(access);
  const object = file.textOf(access.object);
  return (fn ? file.within(fn) : []).filter(
    (node): node is NodeOf<'MemberExpression'> => node.type === 'MemberExpression' && !node.optional && file.textOf(node.object) === object,
  );
}

/** The object literal that is built of the missing object's properties, when it is itself a value. */
function wholeObject(file: SourceFile, access: Node): Node | undefined {
  const [object] = file.ancestorsOf(access).filter((node) => node.type === 'ObjectExpression');
  const parent = object && file.parentOf(object);
  const inside = object && file.ancestorsOf(access).findIndex(isFunction) > file.ancestorsOf(access).indexOf(object);
  return inside && (parent?.type === 'Property' || parent?.type === 'ReturnStatement' || parent?.type === 'VariableDeclarator')
    ? object
    : undefined;
}

/** `x.trim()`: only text has the method, so only text fits. */
function isTextMethod(chain: Node): boolean {
  const name = chain.type === 'CallExpression' ? calleeName(chain) : undefined;
  return name !== undefined && TEXT_METHODS.has(name);
}

const TEXT_METHODS = new Set([
  'toLowerCase',
  'toUpperCase',
  'trim',
  'trimStart',
  'trimEnd',
  'normalize',
  'padStart',
  'padEnd',
  'replaceAll',
  'replace',
]);
