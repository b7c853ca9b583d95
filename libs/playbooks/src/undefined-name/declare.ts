import { insert, isFunction, type Node, type SourceFile } from '@selfheal/engine';
import { indentOf } from '../shared/objects.js';
import type { Proposal } from '../shared/playbook.js';
import { isWritten } from '../shared/references.js';
import { fixOf } from './fix.js';

/** A declaration that is missing: at the first write, or before the first use with a value that fits how the name is used. */
export function missingDeclaration(file: SourceFile, uses: readonly Node[], name: string): Proposal[] {
  return [...atFirstWrite(file, uses, name), ...beforeFirstUse(file, uses, name)];
}

function atFirstWrite(file: SourceFile, uses: readonly Node[], name: string): Proposal[] {
  for (const use of uses) {
    const parent = file.parentOf(use);
    if ((parent?.type === 'ForOfStatement' || parent?.type === 'ForInStatement') && parent.left === use)
      return [fixOf(file, [insert(use.start, 'const ')], 'declare', `declare ${name} in the loop`, 0.93)];
    if (parent?.type !== 'AssignmentExpression' || parent.left !== use || parent.operator !== '=') continue;
    const holder = file.parentOf(parent);
    const stands = holder?.type === 'ExpressionStatement' || (holder?.type === 'ForStatement' && holder.init === parent);
    const scope = holder && file.parentOf(holder);
    if (stands && uses.every((other) => scope && scope.start <= other.start && other.end <= scope.end))
      return [fixOf(file, [insert(use.start, 'let ')], 'declare', `declare ${name} where it is first set`, 0.92)];
  }
  return [];
}

function beforeFirstUse(file: SourceFile, uses: readonly Node[], name: string): Proposal[] {
  const values = valuesFor(file, uses);
  // What nothing ever fills has no value worth declaring.
  if (values.length === 0 || !uses.some((use) => isFilled(file, use))) return [];
  return placesFor(file, uses).flatMap((statement, i) =>
    values.map((value, j) =>
      fixOf(
        file,
        [insert(statement.start, `let ${name}${value === '' ? '' : ` = ${value}`};\n${indentOf(file, statement)}`)],
        'declare',
        `declare ${name}${value === '' ? '' : ` as ${value}`}`,
        0.84 - 0.06 * j - 0.03 * i,
      ),
    ),
  );
}

/** Whether the variable gets content here: set, counted up, pushed to. */
function isFilled(file: SourceFile, use: Node): boolean {
  const parent = file.parentOf(use);
  if (isWritten(file, use)) return true;
  if (parent?.type !== 'MemberExpression' || parent.object !== use) return false;
  return isWritten(file, parent) || (!parent.computed && /^(?:push|unshift|add|set|splice|concat)$/.test(file.textOf(parent.property)));
}

/** The first statement with a use in each block around all of them: inside the nearest function, then further out. */
function placesFor(file: SourceFile, uses: readonly Node[]): Node[] {
  const [first] = uses;
  if (!first) return [];
  const around = [first, ...file.ancestorsOf(first)];
  const holds = (node: Node) => uses.every((use) => node.start <= use.start && use.end <= node.end);
  const blocks = around.filter(
    (node) => (node.type === 'Program' || (node.type === 'BlockStatement' && isFunction(file.parentOf(node)))) && holds(node),
  );
  return blocks.slice(0, 2).flatMap((block) => around[around.indexOf(block) - 1] ?? []);
}

/** First values that fit the uses, likeliest first; `''` declares without one. */
function valuesFor(file: SourceFile, uses: readonly Node[]): string[] {
  const found = new Map<string, number>();
  const say = (value: string, weight: number) => found.set(value, (found.get(value) ?? 0) + weight);
  for (const use of uses) {
    const parent = file.parentOf(use);
    if (parent?.type === 'MemberExpression' && parent.object === use) {
      const property = parent.computed ? '' : file.textOf(parent.property);
      if (/^(?:push|pop|shift|unshift|concat|slice|map|filter|join|sort|forEach|reduce|length|splice|indexOf)$/.test(property))
        say('[]', 2);
      else if (/^(?:add|delete|size)$/.test(property)) say('new Set()', 1);
      else if (/^(?:set|get|has)$/.test(property)) say('new Map()', 1);
      else if (parent.computed) {
        say('{}', 1);
        say('[]', 1);
      } else say('{}', 0.5);
    } else if (parent?.type === 'UpdateExpression') say('0', 2);
    else if (parent?.type === 'AssignmentExpression' && parent.left === use) {
      const right = parent.right;
      if (right.type === 'Literal' && typeof right.value === 'boolean') say(String(!right.value), 2);
      else if (parent.operator === '=') say('', 1);
      else if (parent.operator === '*=') say('1', 2);
      else {
        say('0', 1);
        if (parent.operator === '+=')
          say("''", right.type === 'TemplateLiteral' || (right.type === 'Literal' && typeof right.value === 'string') ? 3 : 0.5);
      }
    } else if (parent?.type === 'BinaryExpression' && /^[<>%*-]/.test(parent.operator)) say('0', 0.5);
    else if (parent?.type === 'ReturnStatement' || parent?.type === 'CallExpression') say('[]', 0.1);
  }
  return [...found]
    .sort((a, b) => b[1] - a[1])
    .map(([value]) => value)
    .slice(0, 3);
}
