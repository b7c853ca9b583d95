import { insert, isFunction, type Node, type NodeOf, replace, type SourceFile } from '@selfheal/engine';
import type { Scene } from '../shared/scene.js';
import { type Found, found } from './found.js';

type Loop = NodeOf<'ForOfStatement'>;

/** `for (const x of xs) out.push(await f(x))` and `for (const x of xs) sum += await f(x)`, where no turn needs the one before. */
export function awaitLoops(scene: Scene): Found[] {
  return scene.places.flatMap(({ file, node, weight }) => {
    if (node.type !== 'ForOfStatement' || node.await || !hasOwnAwait(file, node)) return [];
    return [...pushed(file, node, weight), ...accumulated(file, node, weight)];
  });
}

const bodyOf = (loop: Loop): readonly Node[] => (loop.body.type === 'BlockStatement' ? loop.body.body : [loop.body]);

/** An await of the loop itself, not of a function inside it. */
const hasOwnAwait = (file: SourceFile, loop: Loop): boolean =>
  file.within(loop.body).some((node) => node.type === 'AwaitExpression' && file.enclosingFunction(node) === file.enclosingFunction(loop)) &&
  !file
    .within(loop.body)
    .some(
      (node) =>
        ['BreakStatement', 'ContinueStatement', 'ReturnStatement', 'YieldExpression'].includes(node.type) &&
        !file.ancestorsOf(node).some((a) => isFunction(a) && a.start > loop.start),
    );

/** The last statement pushes: the loop becomes a map whose results are pushed in order. */
function pushed(file: SourceFile, loop: Loop, weight: number): Found[] {
  const last = bodyOf(loop).at(-1);
  const call = last?.type === 'ExpressionStatement' ? last.expression : undefined;
  if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression' || file.textOf(call.callee.property) !== 'push') return [];
  const [argument, more] = call.arguments;
  const list = file.textOf(call.callee.object);
  const mentions = file.within(loop.body).filter((node) => node.type === 'Identifier' && node.name === list).length;
  if (!last || !argument || more || argument.type === 'SpreadElement' || mentions !== 1) return [];
  const item = itemOf(file, loop);
  const items = file.textOf(loop.right);
  const summary = `await every ${item} at once and collect the results in order`;
  const single = bodyOf(loop).length === 1;
  const value = single && argument.type === 'AwaitExpression' ? file.textOf(argument.argument) : undefined;
  if (value !== undefined) {
    const text = `${list}.push(...(await Promise.all(${arrayOf(items)}.map((${item}) => ${value}))));`;
    const declared = declaredEmpty(file, loop, list);
    const whole = declared && `${declared.head}await Promise.all(${arrayOf(items)}.map((${item}) => ${value}));`;
    return [
      ...(whole && declared
        ? [found(file, loop, [replace({ start: declared.node.start, end: loop.end }, whole)], 'map-result', summary, 0.95 * weight)]
        : []),
      found(file, loop, [replace(loop, text)], 'map-push', summary, 0.9 * weight),
    ];
  }
  const open = replace(
    { start: loop.start, end: loop.body.start },
    `${list}.push(...(await Promise.all(${arrayOf(items)}.map(async (${item}) => `,
  );
  const edits = [open, replace(last, `return ${file.textOf(argument)};`), insert(loop.end, '))));')];
  return loop.body.type === 'BlockStatement' ? [found(file, loop, edits, 'map-push', summary, 0.88 * weight)] : [];
}

/** `const out: T[] = [];` right before the loop: declaration and loop become one. */
function declaredEmpty(file: SourceFile, loop: Loop, list: string): { node: Node; head: string } | undefined {
  const block = file.parentOf(loop);
  const siblings: readonly Node[] = block?.type === 'BlockStatement' ? block.body : [];
  const before = siblings[siblings.indexOf(loop) - 1];
  const declarator = before?.type === 'VariableDeclaration' && before.declarations.length === 1 ? before.declarations[0] : undefined;
  const empty = declarator?.init?.type === 'ArrayExpression' && declarator.init.elements.length === 0 ? declarator.init : undefined;
  if (!before || !declarator || !empty || declarator.id.type !== 'Identifier' || declarator.id.name !== list) return undefined;
  return { node: before, head: file.text.slice(before.start, empty.start) };
}

/** `sum += await f(x)`: the values are awaited together, the sums stay in order. */
function accumulated(file: SourceFile, loop: Loop, weight: number): Found[] {
  const awaits = file.within(loop.body).filter((node): node is NodeOf<'AwaitExpression'> => node.type === 'AwaitExpression');
  const [only] = awaits;
  const [statement] = bodyOf(loop);
  const sum =
    statement?.type === 'ExpressionStatement' &&
    statement.expression.type === 'AssignmentExpression' &&
    statement.expression.operator !== '=';
  if (!only || awaits.length !== 1 || bodyOf(loop).length !== 1 || !sum) return [];
  const item = itemOf(file, loop);
  const name = item === 'value' ? 'result' : 'value';
  const head = `for (const ${name} of await Promise.all(${arrayOf(file.textOf(loop.right))}.map((${item}) => ${file.textOf(only.argument)}))) `;
  const edits = [replace({ start: loop.start, end: loop.body.start }, head), replace(only, name)];
  return [found(file, loop, edits, 'map-sum', `await every ${item} at once, then add`, 0.9 * weight)];
}

/** The loop's variable, pattern and all. */
const itemOf = (file: SourceFile, loop: Loop): string => {
  const left = loop.left.type === 'VariableDeclaration' ? loop.left.declarations[0]?.id : loop.left;
  return left ? file.textOf(left) : '_';
};

/** An expression that is an array for sure stays; another iterable is spread. */
const arrayOf = (text: string): string =>
  /\.(?:values|keys|entries)\(\)$/.test(text) ? `[...${text}]` : /^[\w$.]+$|\)$/.test(text) ? text : `(${text})`;
