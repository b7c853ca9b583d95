import { type Edit, insert, isFunction, type Node, type NodeOf, replace, type SourceFile } from '@selfheal/engine';
import { before, iterationsOf, namesIn } from '../shared/iterations.js';
import { indentOf } from '../shared/objects.js';
import type { Scene } from '../shared/scene.js';

/** `await f(… item …)` that repeats for every item of a list. */
export interface LoopQuery {
  readonly file: SourceFile;
  readonly awaited: NodeOf<'AwaitExpression'>;
  readonly call: NodeOf<'CallExpression'>;
  readonly weight: number;
  /** Source text of the list of keys that the loop asks for, given the node of a key: `order.lines.map((line) => line.sku)`. */
  keys(key: Node): string | undefined;
  /** Edits that put `statements` before the loop and `text` in place of the awaited call. */
  rewrite(statements: readonly string[], text: string): Edit[];
}

/** A fix of one query: `template` without the playbook's name. */
export interface Batch {
  readonly edits: readonly Edit[];
  readonly template: string;
  readonly summary: string;
  readonly score: number;
}

/** Every awaited call in the suspects that runs once for each item of a list known before. */
export function queriesInLoops(scene: Scene): LoopQuery[] {
  return scene.places.flatMap(({ file, node, weight }) => {
    if (node.type !== 'AwaitExpression' || node.argument.type !== 'CallExpression') return [];
    const [iteration] = iterationsOf(file, node);
    const statement = iteration && before(file, iteration);
    // The loop's own function must be the one that may await.
    const fn = iteration && file.enclosingFunction(iteration.node);
    if (!iteration?.items || !iteration.item || !statement || (fn && isFunction(fn) && !fn.async)) return [];
    const { items, item, body } = iteration;
    const indexed = item.startsWith(`${items}[`);
    return [
      {
        file,
        awaited: node,
        call: node.argument,
        weight,
        keys: (key) => {
          // Nothing that the loop's body declares may be in the key: it is computed before the loop.
          const local = namesIn(file, key).some(({ name }) => declaredIn(file, body, name));
          const text = file.textOf(key);
          if (local || !mentions(file, key, item, indexed)) return undefined;
          const pattern = indexed ? 'item' : item;
          const each = indexed ? text.replaceAll(item, 'item') : text;
          const list = /^[\w$.]+$/.test(items) ? items : `[...${items}]`;
          return each === pattern ? items : `${list}.map((${pattern}) => ${each})`;
        },
        rewrite: (statements, text) => {
          const indent = indentOf(file, statement);
          return [insert(statement.start, statements.map((line) => `${line}\n${indent}`).join('')), replace(node, text)];
        },
      },
    ];
  });
}

function mentions(file: SourceFile, key: Node, item: string, indexed: boolean): boolean {
  if (indexed) return file.textOf(key).includes(item);
  const bound: readonly string[] = item.match(/[A-Za-z_$][\w$]*/g) ?? [];
  return namesIn(file, key).some(({ name }) => bound.includes(name));
}

const declaredIn = (file: SourceFile, body: Node, name: string): boolean =>
  file
    .within(body)
    .some((node) => node.type === 'VariableDeclarator' && file.within(node.id).some((id) => id.type === 'Identifier' && id.name === name));
