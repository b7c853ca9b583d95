import { keyName, knownKeys, memberName, type Node, nearestNames, replace, type SourceFile, shapeOf } from '@selfheal/engine';
import type { Proposal } from '../shared/playbook.js';
import type { Scene } from '../shared/scene.js';
import { nameFixes } from '../undefined-name/name-fixes.js';
import type { FailedCall } from './failed-call.js';
import { fixOf } from './fix.js';

const prototypes = [Array, String, Map, Set, Promise, Date, Number, RegExp, Function, Object];
const METHODS = new Set(prototypes.flatMap((type) => Object.getOwnPropertyNames(type.prototype)));
/** Properties that people take for methods. */
const PROPERTIES = new Set(['length', 'size', 'name', 'message', 'stack', 'byteLength', 'lastIndex', 'source', 'flags']);
/** Methods by what they are called with, commonest first: for a method that is nothing like any. */
const BY_ARGUMENT: Readonly<Record<string, readonly string[]>> = {
  none: ['toString', 'trim', 'toLowerCase', 'toUpperCase', 'pop', 'shift', 'keys', 'values', 'reverse', 'sort', 'getTime'],
  number: ['charCodeAt', 'charAt', 'at', 'codePointAt', 'slice', 'substring', 'toFixed', 'push', 'repeat', 'includes', 'indexOf'],
  text: ['split', 'includes', 'join', 'indexOf', 'startsWith', 'endsWith', 'concat', 'push', 'get', 'has', 'localeCompare'],
  function: ['map', 'filter', 'forEach', 'reduce', 'find', 'some', 'every', 'sort', 'then', 'findIndex', 'flatMap'],
  other: ['push', 'includes', 'indexOf', 'concat', 'has', 'get', 'add', 'set', 'match', 'test', 'split', 'replace', 'slice'],
};

/** A method that the object does not have: the nearest that it has, one it is called with elsewhere, or the property itself. */
export function methods({ scene, file, call }: FailedCall): Proposal[] {
  const { callee } = call;
  if (callee.type === 'Identifier') return nameFixes(scene, file, callee, callee.name).map((fix) => ({ ...fix, score: fix.score * 0.9 }));
  if (callee.type !== 'MemberExpression') return [];
  const name = memberName(callee);
  if (name === undefined) return [];
  const rename = (other: string, score: number) =>
    fixOf(file, [replace(callee.property, callee.computed ? `'${other}'` : other)], 'method', `call ${other} instead of ${name}`, score);
  const shape = shapeOf(scene.project, file, callee.object);
  const builtIn =
    shape?.kind === 'array' ? Array.prototype : shape?.kind === 'primitive' && shape.name === 'string' ? String.prototype : undefined;
  const certain = knownKeys(shape) ?? (builtIn ? Object.getOwnPropertyNames(builtIn) : undefined);
  const sure = certain ? nearestNames(name, certain, 0.4) : [];
  const near = nearestNames(name, [...METHODS, ...ownMethods(scene)], certain ? 0.8 : 0.6);
  const kind = argumentKind(file, call.arguments[0]);
  const fits = (BY_ARGUMENT[kind] ?? []).filter((other) => other !== name && (!certain || certain.includes(other)));
  const unlike = METHODS.has(name) || sure.length > 0 ? [] : fits;
  return [
    ...sure.slice(0, 4).map(({ name: other, score }) => rename(other, 0.52 + 0.45 * score)),
    ...near.slice(0, 5).map(({ name: other, score }) => rename(other, 0.45 + 0.45 * score)),
    ...unlike.map((other, i) => rename(other, 0.42 - 0.015 * i)),
    ...(call.type === 'CallExpression' && call.arguments.length === 0 ? [asProperty(file, call, name)] : []),
  ];
}

/** `x.length()`: the value itself. */
const asProperty = (file: SourceFile, call: Node & { callee: Node }, name: string): Proposal =>
  fixOf(
    file,
    [replace({ start: call.callee.end, end: call.end }, '')],
    'property',
    `${name} is no method`,
    PROPERTIES.has(name) ? 0.96 : 0.55,
  );

function argumentKind(file: SourceFile, argument: Node | undefined): string {
  if (!argument) return 'none';
  if (argument.type === 'ArrowFunctionExpression' || argument.type === 'FunctionExpression') return 'function';
  if (argument.type === 'Literal')
    return typeof argument.value === 'number' ? 'number' : typeof argument.value === 'string' ? 'text' : 'other';
  if (argument.type === 'TemplateLiteral') return 'text';
  return argument.type === 'Identifier' && /^(?:[ijkn]|index|idx|count|pos)$/.test(file.textOf(argument)) ? 'number' : 'other';
}

/** The methods that the project defines. */
function ownMethods({ project }: Scene): string[] {
  const names = new Set<string>();
  for (const file of project.files().slice(0, 300))
    for (const node of file.nodes) {
      if (names.size > 5000) return [...names];
      if (node.type === 'MethodDefinition' || (node.type === 'Property' && (node.method || /Function/.test(node.value.type)))) {
        const name = keyName(node.key, node.computed);
        if (name !== undefined) names.add(name);
      } else if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression' && /Function/.test(node.right.type)) {
        const name = memberName(node.left);
        if (name !== undefined) names.add(name);
      }
    }
  return [...names];
}
