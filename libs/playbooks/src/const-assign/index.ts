import { lookup, type Node, type NodeOf, replace, type SourceFile } from '@selfheal/engine';
import { definePlaybook, type Proposal } from '../shared/playbook.js';
import { atFrames } from '../shared/references.js';
import { locationOf, sourceEvidence } from '../shared/scene.js';

type Write = NodeOf<'AssignmentExpression'> | NodeOf<'UpdateExpression'>;

/** `Assignment to constant variable.`: the variable changes, so it is no constant; or a comparison was meant. */
export const constAssign = definePlaybook({
  name: 'const-assign',
  family: 'runtime',
  title: 'A constant is assigned to',
  investigate(scene) {
    if (!/^Assignment to constant variable/.test(scene.failure.error.message)) return null;
    const [found] = atFrames(scene, isWrite, 1).filter(({ file, node }) => constantOf(file, node) !== undefined);
    const constant = found && constantOf(found.file, found.node);
    if (!found || !constant) return null;
    const { file, node } = found;
    const { name, declaration } = constant;
    return {
      summary: `${name} is a constant and is assigned to`,
      location: locationOf(file, node),
      evidence: [sourceEvidence(file, node, `${name} changes here`)],
      instruction: `Declare ${name} with let.`,
      data: { name },
      confidence: 0.95,
      risk: 0.1,
      proposals: () => fixes(file, node, declaration, name),
    };
  },
});

const isWrite = (node: Node): node is Write => node.type === 'AssignmentExpression' || node.type === 'UpdateExpression';

function constantOf(file: SourceFile, node: Write): { name: string; declaration: NodeOf<'VariableDeclaration'> } | undefined {
  const target = node.type === 'AssignmentExpression' ? node.left : node.argument;
  if (target.type !== 'Identifier') return undefined;
  const binding = lookup(file, target.name, target);
  const declaration = binding && file.parentOf(binding.declaration);
  return declaration?.type === 'VariableDeclaration' && declaration.kind === 'const' ? { name: target.name, declaration } : undefined;
}

function fixes(file: SourceFile, node: Write, declaration: NodeOf<'VariableDeclaration'>, name: string): Proposal[] {
  const make = (start: number, end: number, text: string, template: string, summary: string, score: number): Proposal => ({
    edits: { [file.path]: [replace({ start, end }, text)] },
    template: `const-assign/${template}`,
    summary,
    score,
  });
  const parent = file.parentOf(node);
  const tested = parent !== undefined && 'test' in parent && parent.test === node;
  const found = [make(declaration.start, declaration.start + 'const'.length, 'let', 'let', `declare ${name} with let`, 0.95)];
  if (tested && node.type === 'AssignmentExpression')
    for (const [operator, score] of [
      ['===', 0.97],
      ['!==', 0.6],
    ] as const)
      found.push(make(node.left.end, node.right.start, ` ${operator} `, 'compare', `compare ${name} instead of setting it`, score));
  return found;
}
