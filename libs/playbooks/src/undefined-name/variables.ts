import { type Binding, bindingsOf, lookup, type Node, type NodeOf, replace, type SourceFile, similarity } from '@selfheal/engine';
import type { Proposal } from '../shared/playbook.js';
import { isWritten, referencesTo } from '../shared/references.js';
import { fixOf } from './fix.js';

/**
 * A variable that is there and was meant: near in spelling, or used by nothing else, or of the same function. Every
 * unexplained use of the name is replaced at once, and this one alone, too. A variable that nothing uses may itself have the wrong name.
 */
export function otherVariables(file: SourceFile, use: Node, uses: readonly Node[], name: string): Proposal[] {
  const fn = file.enclosingFunction(use);
  const written = uses.some((node) => isWritten(file, node));
  const called = isCallee(file, use);
  return visible(file, use, name)
    .filter(({ binding }) => !written || !isConstant(file, binding))
    .flatMap(({ binding, idle }): Proposal[] => {
      const likeness = similarity(name, binding.name);
      const own = fn !== undefined && binding.id.start >= fn.start && binding.id.end <= fn.end;
      const fits = called === (binding.kind === 'function' || binding.kind === 'class' || binding.kind === 'import');
      const begins = written && isFirstSet(file, uses);
      const cased = /^[A-Z]/.test(name) === /^[A-Z]/.test(binding.name);
      const idleness = !idle ? 0 : binding.kind === 'import' || begins ? 0.1 : 0.3;
      const score = Math.min(0.94, 0.3 + 0.45 * likeness + idleness + (own ? 0.08 : 0) + (fits ? 0.05 : -0.1) - (cased ? 0 : 0.15));
      const all = fixOf(
        file,
        uses.map((node) => replace(node, textFor(file, node, binding.name))),
        'other-name',
        `use ${binding.name} instead of ${name}`,
        score,
      );
      const one = fixOf(
        file,
        [replace(use, textFor(file, use, binding.name))],
        'other-name',
        `use ${binding.name} instead of ${name} here`,
        score - 0.1,
      );
      const renames = idle && own && binding.kind === 'variable' && binding.id.start < use.start;
      const renamed = renames
        ? [
            fixOf(
              file,
              [replace(binding.id, name)],
              'rename-declaration',
              `call ${binding.name}, which nothing uses, ${name}`,
              written ? Math.max(score, 0.93) : score + 0.02,
            ),
          ]
        : [];
      return [...renamed, all, ...(uses.length > 1 ? [one] : [])];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, 14);
}

function visible(file: SourceFile, use: Node, name: string): { binding: Binding; idle: boolean }[] {
  const found: { binding: Binding; idle: boolean }[] = [];
  for (const [other, bindings] of bindingsOf(file)) {
    if (other === name || bindings.every(({ kind }) => kind === 'type')) continue;
    const binding = lookup(file, other, use);
    // A variable that is declared after its use is not there yet.
    if (
      !binding ||
      (binding.kind === 'variable' && binding.id.start > use.start && file.enclosingFunction(binding.id) === file.enclosingFunction(use))
    )
      continue;
    if (insideOwnDeclaration(use, binding)) continue;
    found.push({ binding, idle: referencesTo(file, other, binding.id, binding.scope).length === 0 && !isExported(file, binding) });
  }
  return found.slice(0, 300);
}

const insideOwnDeclaration = (use: Node, { kind, declaration }: Binding): boolean =>
  kind === 'variable' && declaration.start <= use.start && use.end <= declaration.end;

const isExported = (file: SourceFile, { declaration }: Binding): boolean =>
  [declaration, ...file.ancestorsOf(declaration)].some(
    (node) => node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration',
  );

const isConstant = (file: SourceFile, { kind, declaration }: Binding): boolean => {
  const statement = kind === 'variable' ? file.parentOf(declaration) : undefined;
  return (
    kind === 'import' ||
    kind === 'class' ||
    kind === 'function' ||
    (statement?.type === 'VariableDeclaration' && statement.kind === 'const')
  );
};

/** The first use sets it: that reads like a declaration, not like another variable. */
const isFirstSet = (file: SourceFile, uses: readonly Node[]): boolean => {
  const parent = uses[0] && file.parentOf(uses[0]);
  return parent?.type === 'AssignmentExpression' && parent.left === uses[0] && parent.operator === '=';
};

const isCallee = (file: SourceFile, use: Node): boolean => {
  const parent = file.parentOf(use);
  return (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && parent.callee === use;
};

/** `{ totl }` keeps its key. */
function textFor(file: SourceFile, use: Node, name: string): string {
  const parent = file.parentOf(use);
  return parent?.type === 'Property' && parent.shorthand ? `${(parent.key as NodeOf<'Identifier'>).name}: ${name}` : name;
}
