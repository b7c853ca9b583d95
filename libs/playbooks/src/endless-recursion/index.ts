import {
  type FunctionNode,
  functionName,
  insert,
  isFunction,
  type Node,
  type NodeOf,
  replace,
  returnedBy,
  type SourceFile,
} from '@selfheal/engine';
import { definePlaybook, type Proposal } from '../shared/playbook.js';
import { locationOf, nodeAtFrame, type Scene, sourceEvidence } from '../shared/scene.js';

/** `Maximum call stack size exceeded`: a recursion without an end: no base case, no step towards it, or an accessor that calls itself. */
export const endlessRecursion = definePlaybook({
  name: 'endless-recursion',
  family: 'runtime',
  title: 'A function calls itself without an end',
  investigate(scene) {
    if (!/^Maximum call stack size exceeded/.test(scene.failure.error.message)) return null;
    const found = recursive(scene);
    if (!found) return null;
    const { file, node } = found;
    const proposals = [...accessors(file, node), ...steps(file, node), ...baseCases(file, node)].sort((a, b) => b.score - a.score);
    if (proposals.length === 0) return null;
    return {
      summary: `${functionName(file, node) || 'a function'} calls itself without an end`,
      location: locationOf(file, node),
      evidence: [sourceEvidence(file, node, 'this recursion does not end')],
      instruction: 'End the recursion.',
      confidence: 0.7,
      risk: 0.4,
      proposals: () => proposals.slice(0, 16),
    };
  },
});

/** The function that the frames show again and again. */
function recursive({ frames, project }: Scene): { file: SourceFile; node: FunctionNode } | undefined {
  const counts = new Map<Node, { file: SourceFile; node: FunctionNode; count: number }>();
  for (const frame of frames.slice(0, 20)) {
    const file = project.file(frame.file);
    const at = file && nodeAtFrame(file, frame);
    const node = at && file && [at, ...file.ancestorsOf(at)].find(isFunction);
    if (!file || !node) continue;
    const known = counts.get(node);
    if (known) known.count++;
    else counts.set(node, { file, node, count: 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0];
}

const make = (file: SourceFile, edits: Proposal['edits'][string], template: string, summary: string, score: number): Proposal => ({
  edits: { [file.path]: edits },
  template: `endless-recursion/${template}`,
  summary,
  score,
});

/** `get x() { return this.x }`: the field behind has another name. */
function accessors(file: SourceFile, fn: FunctionNode): Proposal[] {
  const method = file.parentOf(fn);
  if (method?.type !== 'MethodDefinition' && method?.type !== 'Property') return [];
  if ((method.kind !== 'get' && method.kind !== 'set') || method.key.type !== 'Identifier') return [];
  const { name } = method.key;
  const holder = file.parentOf(method);
  const owner = holder && (file.parentOf(holder) ?? holder);
  const within = (nodes: Node) =>
    file
      .within(nodes)
      .filter(
        (node): node is NodeOf<'MemberExpression'> =>
          node.type === 'MemberExpression' && node.object.type === 'ThisExpression' && file.textOf(node.property) === name,
      );
  const accessor = (node: Node): boolean => {
    const around = file.ancestorsOf(node).find((a) => a.type === 'MethodDefinition' || a.type === 'Property');
    return (
      (around?.type === 'MethodDefinition' || around?.type === 'Property') &&
      (around.kind === 'get' || around.kind === 'set') &&
      around.key.type === 'Identifier' &&
      around.key.name === name
    );
  };
  const reads = (owner ? within(owner) : []).filter(accessor);
  return reads.length > 0
    ? [
        make(
          file,
          reads.map((node) => replace(node.property, `_${name}`)),
          'field-name',
          `keep the value in _${name}`,
          0.95,
        ),
      ]
    : [];
}

/** `f(n)` inside `f(n)`: one step nearer to the end. */
function steps(file: SourceFile, fn: FunctionNode): Proposal[] {
  const name = functionName(file, fn);
  const params = fn.params.flatMap((param) => (param.type === 'Identifier' ? [param.name] : []));
  const calls = file
    .within(fn)
    .filter((node): node is NodeOf<'CallExpression'> => node.type === 'CallExpression' && calls_(file, node) === name);
  return calls.slice(0, 3).flatMap((call) =>
    call.arguments.flatMap((argument, i) => {
      const text = file.textOf(argument);
      if (text !== params[i]) return [];
      return [
        make(file, [replace(argument, `${text} - 1`)], 'step', `call it with ${text} - 1`, 0.8),
        make(file, [replace(argument, `${text}.slice(1)`)], 'step', `call it with ${text}.slice(1)`, 0.7),
        make(file, [replace(argument, `${text} + 1`)], 'step', `call it with ${text} + 1`, 0.6),
      ];
    }),
  );
}

const calls_ = (file: SourceFile, call: NodeOf<'CallExpression'>): string =>
  call.callee.type === 'MemberExpression' ? file.textOf(call.callee.property) : file.textOf(call.callee);

/** An end at the smallest value, with the results that suit it. */
function baseCases(file: SourceFile, fn: FunctionNode): Proposal[] {
  const [param] = fn.params;
  const first = fn.body?.type === 'BlockStatement' ? fn.body.body[0] : undefined;
  if (param?.type !== 'Identifier' || !first) return [];
  const { name } = param;
  const inside = file.textOf(fn);
  const list = new RegExp(
    `\\b${name.replaceAll('$', '\\$')}\\.(?:length|slice|map|concat|pop|shift)|\\.\\.\\.${name.replaceAll('$', '\\$')}\\b`,
  ).test(inside);
  const object = !list && new RegExp(`\\b${name.replaceAll('$', '\\$')}\\??\\.[a-z]`).test(inside);
  const returns = returnedBy(file, fn).map((node) => file.textOf(node));
  const product = returns.some((text) => text.includes('*'));
  const cases: [string, string][] = list
    ? [
        [`${name}.length === 0`, returns.some((text) => /^\[|concat/.test(text)) ? '[]' : '0'],
        [`${name}.length <= 1`, name],
        [`${name}.length === 0`, "''"],
      ]
    : object
      ? [
          [`!${name}`, 'null'],
          [`!${name}`, '0'],
          [`!${name}`, ''],
        ]
      : [
          [`${name} <= 1`, product ? '1' : name],
          [`${name} <= 0`, '0'],
          [`${name} === 0`, product ? '1' : '0'],
          [`${name} <= 1`, '1'],
        ];
  const indent = /^[ \t]*/.exec(file.text.slice(file.text.lastIndexOf('\n', first.start - 1) + 1, first.start))?.[0] ?? '';
  return cases.map(([test, value], i) =>
    make(
      file,
      [insert(first.start, `if (${test}) return${value === '' ? '' : ` ${value}`};\n${indent}`)],
      'base-case',
      `end at ${test} with ${value || 'nothing'}`,
      0.6 - 0.05 * i,
    ),
  );
}
