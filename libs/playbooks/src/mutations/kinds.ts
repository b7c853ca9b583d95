import { type MutationOperator, memberName, type Node, OPERATORS, type SourceFile } from '@selfheal/engine';

/** What kind of slip a wrong answer is put down to: one playbook each. */
export type Kind = 'boundary' | 'operator' | 'logic';

const ROUNDING = /^(?:floor|ceil|round|trunc)$/;
const OPPOSITES = /^(?:min|max|some|every|startsWith|endsWith)$/;

const named = (name: string): MutationOperator[] => OPERATORS.filter((operator) => operator.name === name);

/** An operator at some of its nodes only. */
const only = (name: string, applies: (node: Node, file: SourceFile) => boolean): MutationOperator[] =>
  named(name).map((operator) => ({
    ...operator,
    propose: (node, context) => (applies(node, context.file) ? operator.propose(node, context) : []),
  }));

const isMember =
  (names: RegExp) =>
  (node: Node): boolean =>
    node.type === 'MemberExpression' && names.test(memberName(node) ?? '');

/** A function that returns what another one says is seldom meant to return the opposite. */
const isOwnCondition = (node: Node): boolean =>
  (node.type === 'ReturnStatement' ? node.argument : node.type === 'ArrowFunctionExpression' ? node.body : undefined)?.type !==
  'CallExpression';

/** Another method would do something else (`set` for `get`); another property is another value. */
function isProperty(node: Node, file: SourceFile): boolean {
  const parent = file.parentOf(node);
  return node.type === 'MemberExpression' && !(parent?.type === 'CallExpression' && parent.callee === node);
}

/** Arguments, not parameters: those would have to change for every caller. */
const isCall = (node: Node): boolean => node.type === 'CallExpression' || node.type === 'NewExpression';

/** How likely it is that a factor counts from 1 where 0 is meant: a little likelier than a bound of `slice` that is one off. */
const COUNTED_FROM_ONE = 0.4;

/** A service's pages count from 1 and its lists from 0, so that `page * size` is more often `(page - 1) * size` than elsewhere. */
const offByOne: MutationOperator[] = named('off-by-one').map((operator) => ({
  ...operator,
  *propose(node, context) {
    const parent = context.file.parentOf(node);
    const factor = parent?.type === 'BinaryExpression' && parent.operator === '*' && node.type !== 'Literal';
    for (const change of operator.propose(node, context))
      yield factor && change.edits.some(({ text }) => text.includes('- 1'))
        ? { ...change, weight: Math.max(change.weight, COUNTED_FROM_ONE) }
        : change;
  },
}));

/**
 * The engine's operators that may explain a wrong answer of a service that runs, by kind. Left out are those for what would not
 * run at all (an undeclared name, a declaration that is missing), those that a playbook of its own makes with better evidence
 * (`await`, `return`, defaults), those that propose much and are seldom right (any expression of the function for any other), and
 * those that delete statements, conditions or calls: what a service checks is not taken out because one answer would be right without it.
 */
export const KIND_OPERATORS: Readonly<Record<Kind, readonly MutationOperator[]>> = {
  boundary: [...offByOne, ...only('wrong-member', isMember(ROUNDING))],
  operator: [
    ...['wrong-operator', 'wrong-assignment-operator', 'wrong-precedence'].flatMap(named),
    ...only('negate-condition', isOwnCondition),
    ...only('wrong-member', isMember(OPPOSITES)),
  ],
  logic: [
    ...[
      'documented-formula',
      'missing-assignment',
      'missing-call',
      'missing-operand',
      'missing-term',
      'regex-edit',
      'swap-branches',
      'wrong-callee',
      'wrong-literal',
      'wrong-number',
      'wrong-string',
      'wrong-ternary',
      'wrong-variable',
    ].flatMap(named),
    ...only('wrong-argument', isCall),
    ...only('wrong-member', isProperty),
  ],
};

/**
 * How much likelier or less likely an operator is here than among all faults: what answers at all went through types and
 * validation, where a value for another of its kind passes and a call too many or too few seldom does.
 */
const IN_SERVICES: Readonly<Record<string, number>> = { 'wrong-variable': 2, 'missing-call': 0.5, 'missing-term': 0.5 };

export const likelihoodInServices = (operator: string): number => IN_SERVICES[operator] ?? 1;
