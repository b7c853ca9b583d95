import { insert, type Node, replace, type SourceFile } from '@selfheal/engine';
import type { Proposal } from '../shared/playbook.js';
import { fixOf } from './fix.js';

/** The name is no variable at all: the parameter of an arrow that was mistyped, a text without quotes, an index. */
export function otherMeanings(file: SourceFile, use: Node, name: string): Proposal[] {
  return [...mistypedArrow(file, use, name), ...unquoted(file, use, name), ...index(file, use, name)];
}

/** `xs.filter(x > x.a)` and `xs.filter(x = x.a)`: `=>` was meant (HumanEvalFix JavaScript/26). */
function mistypedArrow(file: SourceFile, use: Node, name: string): Proposal[] {
  const chain = [use, ...file.ancestorsOf(use)];
  const top = chain.find((node) => {
    const parent = file.parentOf(node);
    return parent?.type === 'CallExpression' && parent.callee !== node;
  });
  const operator = chain.find((node) => (node.type === 'BinaryExpression' || node.type === 'AssignmentExpression') && node.left === use);
  if (!top || !operator || (operator.type !== 'BinaryExpression' && operator.type !== 'AssignmentExpression') || top.start !== use.start)
    return [];
  const again = file.within(top).filter((node) => node.type === 'Identifier' && node.name === name).length > 1;
  const between = { start: use.end, end: operator.right.start };
  return ['>', '>=', '=', '==', '<='].includes(operator.operator)
    ? [fixOf(file, [replace(between, ' => ')], 'arrow', `${name} is the parameter of an arrow function`, again ? 0.93 : 0.6)]
    : [];
}

function unquoted(file: SourceFile, use: Node, name: string): Proposal[] {
  const parent = file.parentOf(use);
  const text =
    parent?.type === 'MemberExpression' && parent.computed && parent.property === use
      ? 0.5
      : parent?.type === 'CallExpression' && parent.callee !== use
        ? 0.4
        : parent?.type === 'BinaryExpression' && /^[=!]=/.test(parent.operator)
          ? 0.55
          : 0;
  if (text === 0) return [];
  const quote = (file.text.match(/"/g)?.length ?? 0) > (file.text.match(/'/g)?.length ?? 0) ? '"' : "'";
  return [fixOf(file, [replace(use, `${quote}${name}${quote}`)], 'quote', `the text ${quote}${name}${quote}`, text)];
}

function index(file: SourceFile, use: Node, name: string): Proposal[] {
  const parent = file.parentOf(use);
  if (parent?.type !== 'MemberExpression' || !parent.computed || parent.property !== use) return [];
  return [
    fixOf(file, [replace(use, '0')], 'index', `the first element instead of [${name}]`, 0.5),
    fixOf(
      file,
      [insert(use.start, ''), replace(use, `${file.textOf(parent.object)}.length - 1`)],
      'index',
      `the last element instead of [${name}]`,
      0.35,
    ),
  ];
}
