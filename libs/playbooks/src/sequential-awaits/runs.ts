import { type Node, type NodeOf, patternNames, replace, type SourceFile } from '@selfheal/engine';
import type { Scene } from '../shared/scene.js';
import { type Found, found } from './found.js';

interface Step {
  readonly statement: NodeOf<'VariableDeclaration'>;
  readonly pattern: string;
  readonly names: readonly string[];
  readonly awaited: Node;
}

/** Consecutive `const a = await f(); const b = await g();` where no call uses a name that the run binds. */
export function awaitRuns(scene: Scene): Found[] {
  return scene.places.flatMap(({ file, node, weight }) =>
    node.type === 'BlockStatement' ? runsIn(file, node.body).map((run) => together(file, run, weight)) : [],
  );
}

function runsIn(file: SourceFile, body: readonly Node[]): Step[][] {
  const runs: Step[][] = [];
  let run: Step[] = [];
  for (const statement of body) {
    const step = stepOf(file, statement);
    const bound = new Set(run.flatMap(({ names }) => names));
    const depends = step && file.within(step.awaited).some((node) => node.type === 'Identifier' && bound.has(node.name));
    if (!step || depends) {
      runs.push(run);
      run = [];
    }
    if (step) run.push(step);
  }
  return [...runs, run].filter(({ length }) => length > 1);
}

function stepOf(file: SourceFile, statement: Node): Step | undefined {
  if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const' || statement.declarations.length !== 1) return undefined;
  const [declarator] = statement.declarations;
  if (declarator?.init?.type !== 'AwaitExpression' || (declarator.id.type === 'Identifier' && declarator.id.typeAnnotation))
    return undefined;
  return {
    statement,
    pattern: file.textOf(declarator.id),
    names: patternNames(declarator.id).map((id) => id.name),
    awaited: declarator.init.argument,
  };
}

function together(file: SourceFile, run: readonly Step[], weight: number): Found {
  const [first] = run as [Step];
  const last = run.at(-1) as Step;
  const patterns = run.map(({ pattern }) => pattern).join(', ');
  const calls = run.map(({ awaited }) => file.textOf(awaited)).join(', ');
  const edit = replace({ start: first.statement.start, end: last.statement.end }, `const [${patterns}] = await Promise.all([${calls}]);`);
  return found(file, first.statement, [edit], 'all', `await ${run.length} independent calls together`, 0.92 * weight);
}
