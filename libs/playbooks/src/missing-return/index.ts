import { calleeName, type FunctionNode, functionName, insert, isFunction, type Node, returnedBy, type SourceFile } from '@selfheal/engine';
import { issuesIn } from '../shared/issues.js';
import { definePlaybook, type Proposal } from '../shared/playbook.js';
import { locationOf, type Scene, sourceEvidence } from '../shared/scene.js';

/** Array methods whose callback's result is the point (eslint's `array-callback-return`). */
const USES_RESULT = new Set(['map', 'filter', 'find', 'findIndex', 'findLast', 'flatMap', 'some', 'every', 'reduce', 'sort', 'toSorted']);

/** A function with braces whose last statement computes the result and drops it: callers get undefined. */
export const missingReturn = definePlaybook({
  name: 'missing-return',
  family: 'runtime',
  title: 'A function computes its result and does not return it',
  investigate(scene) {
    const found = scene.suspects.flatMap(({ file, node, weight }) =>
      nested(file, node).flatMap((fn) => droppedResult(scene, file, fn, weight)),
    );
    const best = [...found].sort((a, b) => b.weight - a.weight)[0];
    if (!best) return null;
    const { file, statement } = best;
    const text = file.textOf(statement).slice(0, 200);
    return {
      summary: `the result of \`${text}\` is dropped where it should be returned`,
      location: locationOf(file, statement),
      evidence: [sourceEvidence(file, statement, 'no return here: the caller gets undefined')],
      instruction: `Return the result of \`${text}\`.`,
      confidence: saysUndefined(scene) ? 0.9 * best.weight : 0.35,
      risk: 0.15,
      proposals: () =>
        found.slice(0, 10).map(
          (one): Proposal => ({
            edits: { [one.file.path]: [insert(one.statement.start, 'return ')] },
            template: 'missing-return/return',
            summary: `return ${one.file.textOf(one.statement).slice(0, 200)}`,
            score: 0.95 * one.weight,
          }),
        ),
    };
  },
});

const saysUndefined = ({ failure, mismatches }: Scene): boolean =>
  /undefined|required/i.test(failure.error.message) ||
  issuesIn(failure).some((issue) => issue.received === 'undefined') ||
  mismatches.length > 0;

const nested = (file: SourceFile, node: FunctionNode): FunctionNode[] => file.within(node).filter(isFunction);

function droppedResult(
  scene: Scene,
  file: SourceFile,
  fn: FunctionNode,
  weight: number,
): { file: SourceFile; statement: Node; weight: number }[] {
  if (fn.body?.type !== 'BlockStatement' || returnedBy(file, fn).length > 0) return [];
  const last = fn.body.body.at(-1);
  if (last?.type !== 'ExpressionStatement' || last.expression.type === 'AssignmentExpression') return [];
  const parent = file.parentOf(fn);
  const isCallback =
    parent?.type === 'CallExpression' && parent.callee.type === 'MemberExpression' && USES_RESULT.has(calleeName(parent) ?? '');
  return isCallback || declaresResult(fn) || usedAsValue(scene, file, fn) ? [{ file, statement: last, weight }] : [];
}

/** A return type that is not void. */
function declaresResult(fn: FunctionNode): boolean {
  const type = fn.returnType?.typeAnnotation;
  if (!type || type.type === 'TSVoidKeyword' || type.type === 'TSNeverKeyword') return false;
  const [argument] = type.type === 'TSTypeReference' ? (type.typeArguments?.params ?? []) : [];
  return argument?.type !== 'TSVoidKeyword' && type.type !== 'TSTypePredicate';
}

/** Some suspect uses what the function returns. */
function usedAsValue(scene: Scene, file: SourceFile, fn: FunctionNode): boolean {
  const name = functionName(file, fn);
  return name !== '' && !fn.returnType && usedNames(scene).has(name);
}

const used = new WeakMap<Scene, Set<string>>();

/** The functions whose result some suspect uses, by name. */
function usedNames(scene: Scene): Set<string> {
  const known = used.get(scene);
  if (known) return known;
  const names = new Set<string>();
  for (const { file, node } of scene.places) {
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') continue;
    const parent = file.parentOf(node);
    const user = parent?.type === 'AwaitExpression' ? file.parentOf(parent) : parent;
    if (user && USERS.has(user.type)) names.add(node.callee.name);
  }
  used.set(scene, names);
  return names;
}

const USERS: ReadonlySet<string> = new Set(['VariableDeclarator', 'Property', 'CallExpression', 'MemberExpression']);
