import { bindingsOf, insert, isFunction, lookup, type Node, replace, type SourceFile } from '@selfheal/engine';
import { indentOf, statementOf } from '../shared/objects.js';
import { definePlaybook, type Proposal } from '../shared/playbook.js';
import { atFrames, referencesTo, removal } from '../shared/references.js';
import { locationOf, type Scene, sourceEvidence } from '../shared/scene.js';

/** `Cannot access 'x' before initialization`: the declaration comes too late, or an inner one hides the outer that was meant. */
export const earlyAccess = definePlaybook({
  name: 'early-access',
  family: 'runtime',
  title: 'A variable is used before it is declared',
  investigate(scene) {
    const name = /^Cannot access '([A-Za-z_$][\w$]{0,127})' before initialization/.exec(scene.failure.error.message.slice(0, 500))?.[1];
    if (!name) return null;
    const [found] = atFrames(
      scene,
      (node): node is Extract<Node, { type: 'Identifier' }> => node.type === 'Identifier' && node.name === name,
      2,
    );
    if (!found) return null;
    const { file, node } = found;
    const proposals = [...shadowing(file, node, name), ...moves(scene, file, node, name)];
    if (proposals.length === 0) return null;
    return {
      summary: `${name} is used before its declaration has run`,
      location: locationOf(file, node),
      evidence: [sourceEvidence(file, node, `${name} is used here`)],
      instruction: `Declare ${name} before it is used.`,
      data: { name },
      confidence: 0.94,
      risk: 0.2,
      proposals: () => proposals,
    };
  },
});

const make = (file: SourceFile, edits: Proposal['edits'][string], template: string, summary: string, score: number): Proposal => ({
  edits: { [file.path]: edits },
  template: `early-access/${template}`,
  summary,
  score,
});

/** `const x = f(x)` in a block where an outer x was meant: no new variable, or one of another name. */
function shadowing(file: SourceFile, use: Node, name: string): Proposal[] {
  const inner = lookup(file, name, use);
  const outer = (bindingsOf(file).get(name) ?? []).find(
    (other) =>
      other !== inner &&
      inner &&
      other.scope.start <= inner.scope.start &&
      inner.scope.end <= other.scope.end &&
      other.scope !== inner.scope,
  );
  const declaration = inner && file.parentOf(inner.declaration);
  if (!inner || !outer || declaration?.type !== 'VariableDeclaration' || declaration.declarations.length !== 1) return [];
  const [declarator] = declaration.declarations;
  if (declarator?.id.type !== 'Identifier' || !declarator.init) return [];
  const init = declarator.init;
  const outerDeclaration = file.parentOf(outer.declaration);
  const constant = outerDeclaration?.type === 'VariableDeclaration' && outerDeclaration.kind === 'const';
  const edits = [replace({ start: declaration.start, end: declarator.start }, '')];
  if (constant) edits.unshift(replace({ start: outerDeclaration.start, end: outerDeclaration.start + 'const'.length }, 'let'));
  const other = `own${name[0]?.toUpperCase()}${name.slice(1)}`;
  const inside = (node: Node) => init.start <= node.start && node.end <= init.end;
  const uses = referencesTo(file, name, inner.id, inner.scope).filter((node) => !inside(node));
  return [
    make(file, edits, 'assign-outer', `assign to the outer ${name}`, constant ? 0.7 : 0.92),
    make(
      file,
      [replace(inner.id, other), ...uses.map((node) => replace(node, other))],
      'rename-inner',
      `call the inner one ${other}`,
      0.85,
    ),
  ];
}

/** The declaration moves up, or what needs it moves down. */
function moves(scene: Scene, file: SourceFile, use: Node, name: string): Proposal[] {
  const binding = lookup(file, name, use);
  const holder = binding && (binding.kind === 'class' ? binding.declaration : file.parentOf(binding.declaration));
  const declaration = holder && statementOf(file, holder);
  if (!binding || !declaration || file.parentOf(declaration)?.type === 'SwitchCase') return [];
  const block = file.parentOf(declaration);
  // The statement of the declaration's own block that ran too early: around the use, or around the call that led to it.
  const places = [
    use,
    ...scene.frames.slice(1, 8).flatMap((frame) => {
      const at = frame.file === file.path ? file.offsetAt(frame) : undefined;
      return at === undefined ? [] : (file.nodeAt(at) ?? []);
    }),
  ];
  const early = places
    .map((node) => [node, ...file.ancestorsOf(node)].find((ancestor) => file.parentOf(ancestor) === block))
    .find((statement) => statement && statement.end <= declaration.start && !isFunction(statement));
  if (!early) return [];
  const text = file.textOf(declaration);
  const found = [
    make(
      file,
      [insert(early.start, `${text}\n${indentOf(file, early)}`), removal(file, declaration)],
      'move-up',
      `declare ${name} first`,
      0.93,
    ),
    make(
      file,
      [removal(file, early), insert(declaration.end, `\n${indentOf(file, declaration)}${file.textOf(early)}`)],
      'move-down',
      `${file.textOf(early).slice(0, 60)} after ${name} is declared`,
      0.85,
    ),
  ];
  return found;
}
