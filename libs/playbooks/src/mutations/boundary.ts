import { calleeName, insert, type Node, type NodeOf, replace, type SourceFile } from '@selfheal/engine';
import type { Mutation } from './mutation.js';

const STRICTNESS: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };
const ROUNDING: Readonly<Record<string, readonly string[]>> = {
  floor: ['ceil', 'round'],
  ceil: ['floor', 'round'],
  round: ['floor', 'ceil'],
  trunc: ['round', 'ceil'],
};
const BOUNDED = new Set(['slice', 'substring', 'substr', 'splice', 'at', 'subarray', 'limit', 'offset', 'skip', 'take', 'charAt']);

/** Off by one, and everything that decides where a range begins and ends. */
export function boundaryMutations(file: SourceFile, node: Node): Mutation[] {
  const make = (name: string, edits: Mutation['edits'], summary: string, prior: number): Mutation => ({
    kind: 'boundary',
    name,
    node,
    edits,
    summary,
    prior,
  });
  switch (node.type) {
    case 'BinaryExpression':
      return binary(file, node, make);
    case 'CallExpression': {
      const name = calleeName(node) ?? '';
      const property = node.callee.type === 'MemberExpression' ? node.callee.property : undefined;
      const rounding = property && file.textOf(node.callee).startsWith('Math.') ? (ROUNDING[name] ?? []) : [];
      const rounded = rounding.map((other, i) =>
        make('rounding', [replace(property as Node, other)], `Math.${other} instead of Math.${name}`, 0.6 - 0.05 * i),
      );
      const bounds = BOUNDED.has(name) ? node.arguments.flatMap((argument) => shifts(file, argument, make, 0.6)) : [];
      return [...rounded, ...bounds];
    }
    case 'MemberExpression':
      if (node.computed && node.property.type !== 'Literal') return shifts(file, node.property, make, 0.45);
      return !node.computed && file.textOf(node.property) === 'length' && file.parentOf(node)?.type !== 'BinaryExpression'
        ? shifts(file, node, make, 0.3)
        : [];
    case 'VariableDeclarator':
      if (file.ancestorsOf(node)[1]?.type === 'ForStatement' && node.init?.type === 'Literal' && typeof node.init.value === 'number') {
        const other = node.init.value === 0 ? 1 : node.init.value - 1;
        return [make('loop-start', [replace(node.init, String(other))], `start the loop at ${other}`, 0.5)];
      }
      return [];
    default:
      return [];
  }
}

type Make = (name: string, edits: Mutation['edits'], summary: string, prior: number) => Mutation;

function binary(file: SourceFile, node: NodeOf<'BinaryExpression'>, make: Make): Mutation[] {
  const { operator, left, right } = node;
  const strict = STRICTNESS[operator];
  const at = operatorAt(file, node);
  if (strict) return [make('strictness', [replace(at, strict)], `${strict} instead of ${operator}`, 0.75)];
  if (operator === '*')
    return [left, right].flatMap((side, i) => (side.type === 'Literal' ? [] : shifts(file, side, make, i === 0 ? 0.7 : 0.5)));
  const one = right.type === 'Literal' && right.value === 1;
  if (one && (operator === '+' || operator === '-')) {
    const other = operator === '+' ? '-' : '+';
    return [
      make('drop-one', [replace({ start: left.end, end: right.end }, '')], `without ${operator} 1`, 0.65),
      make('flip-one', [replace(at, other)], `${other} 1 instead of ${operator} 1`, 0.55),
    ];
  }
  if (operator === '+' || operator === '-') {
    const text = file.textOf(node).slice(0, 80);
    return [
      make('shift-sum', [insert(node.end, ' - 1')], `${text} - 1`, 0.35),
      make('shift-sum', [insert(node.end, ' + 1')], `${text} + 1`, 0.33),
    ];
  }
  return [];
}

/** An operand one lower or one higher. */
function shifts(file: SourceFile, operand: Node, make: Make, prior: number): Mutation[] {
  if (operand.type === 'Literal' && typeof operand.value === 'number') {
    const { value } = operand;
    return [value - 1, value + 1]
      .filter((v) => v >= 0 || value <= 0)
      .map((v) => make('shift-literal', [replace(operand, String(v))], `${v} instead of ${value}`, prior * 0.9));
  }
  if (operand.type !== 'Identifier' && operand.type !== 'MemberExpression') return [];
  const text = file.textOf(operand);
  const tight = file.parentOf(operand)?.type === 'BinaryExpression';
  return ['- 1', '+ 1'].map((by, i) =>
    make(
      'shift-bound',
      [replace(operand, tight ? `(${text} ${by})` : `${text} ${by}`)],
      `${text} ${by} instead of ${text}`,
      prior - 0.1 * i,
    ),
  );
}

/** Where the operator itself stands: between the operands, comments and parentheses aside. */
export function operatorAt(file: SourceFile, node: { left: Node; right: Node; operator: string }): { start: number; end: number } {
  const between = file.text.slice(node.left.end, node.right.start);
  const start =
    node.left.end + Math.max(0, between.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, (c) => ' '.repeat(c.length)).indexOf(node.operator));
  return { start, end: start + node.operator.length };
}
