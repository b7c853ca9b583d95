import { memberName, type Node, type NodeOf, nearestNames, replace, type SourceFile } from '@selfheal/engine';
import { missingExport } from '../not-a-function/exports.js';
import { exportNames } from '../shared/modules.js';
import { definePlaybook, type Proposal } from '../shared/playbook.js';
import { locationOf, type Scene, sourceEvidence } from '../shared/scene.js';

/**
 * `does not provide an export named 'x'`: the importing side names it otherwise, or the exporting side does not export it; or a
 * CommonJS module is imported by names that Node cannot see.
 */
export const exportName = definePlaybook({
  name: 'export-name',
  family: 'runtime',
  title: 'A name is imported that its module does not export',
  investigate(scene) {
    const said = saidIn(scene.failure.error.message);
    if (!said) return null;
    const found = importsOf(scene, said.from, said.name);
    const proposals = found.flatMap((one) => fixes(scene, one, said.name)).sort((a, b) => b.score - a.score);
    const [first] = found;
    if (!first || proposals.length === 0) return null;
    return {
      summary: `${said.from} does not export ${said.name}`,
      location: locationOf(first.file, first.specifier),
      evidence: [sourceEvidence(first.file, first.specifier, `${said.name} is imported here`)],
      instruction: proposals[0]?.summary ?? 'Import what there is.',
      data: said,
      confidence: 0.94,
      risk: 0.15,
      proposals: () => proposals.slice(0, 8),
    };
  },
});

function saidIn(message: string): { from: string; name: string } | undefined {
  const line = message.slice(0, 1500);
  const missing = /^The requested module '([^'\n]{1,400})' does not provide an export named '([^'\n]{1,128})'/.exec(line);
  if (missing?.[1] && missing[2]) return { from: missing[1], name: missing[2] };
  const named = /^Named export '([^'\n]{1,128})' not found\. The requested module '([^'\n]{1,400})' is a CommonJS module/.exec(line);
  return named?.[1] && named[2] ? { from: named[2], name: named[1] } : undefined;
}

type Specifier = NodeOf<'ImportDeclaration'>['specifiers'][number];
interface Import {
  readonly file: SourceFile;
  readonly statement: NodeOf<'ImportDeclaration'>;
  readonly specifier: Specifier;
}

const importsOf = ({ project }: Scene, from: string, name: string): Import[] =>
  project.files().flatMap((file) =>
    file.program.body.flatMap((statement) => {
      if (statement.type !== 'ImportDeclaration' || statement.source.value !== from) return [];
      const specifier = statement.specifiers.find((one) =>
        one.type === 'ImportSpecifier' ? file.textOf(one.imported) === name : one.type === 'ImportDefaultSpecifier' && name === 'default',
      );
      return specifier ? [{ file, statement, specifier }] : [];
    }),
  );

function fixes(scene: Scene, { file, statement, specifier }: Import, name: string): Proposal[] {
  const make = (at: SourceFile, edits: Proposal['edits'][string], template: string, summary: string, score: number): Proposal => ({
    edits: { [at.path]: edits },
    template: `export-name/${template}`,
    summary,
    score,
  });
  const path = scene.project.resolve(file.path, statement.source.value);
  const target = path === undefined ? undefined : scene.project.file(path);
  const local = file.textOf(specifier.local);
  const found: Proposal[] = [];
  const clause = { start: statement.specifiers[0]?.start ?? statement.start, end: statement.source.start };
  if (!target) {
    // A CommonJS package: its exports are the properties of its default export.
    const names = statement.specifiers.flatMap((one) =>
      one.type === 'ImportSpecifier' ? [file.textOf(one).replace(/\s+as\s+/, ': ')] : [],
    );
    const module = statement.source.value
      .replace(/^node:/, '')
      .replace(/[^\w$]+(\w)?/g, (_, c: string | undefined) => c?.toUpperCase() ?? '');
    if (name !== 'default' && names.length > 0)
      found.push(
        make(
          file,
          [replace(statement, `import ${module} from '${statement.source.value}';\nconst { ${names.join(', ')} } = ${module};`)],
          'default-of-commonjs',
          'take the names from the default export',
          0.95,
        ),
      );
    if (name === 'default') found.push(make(file, [replace(clause, `* as ${local} from `)], 'namespace', 'import the whole module', 0.85));
    return found;
  }
  const names = exportNames(scene.project, target);
  const hasDefault = target.program.body.some((node) => node.type === 'ExportDefaultDeclaration');
  if (name === 'default') {
    if (names.includes(local)) found.push(make(file, [replace(specifier, `{ ${local} }`)], 'named', `${local} is a named export`, 0.97));
    else if (names.length === 1)
      found.push(make(file, [replace(specifier, `{ ${names[0]} as ${local} }`)], 'named', `import ${names[0]}`, 0.85));
    found.push(
      make(file, [replace(specifier, `* as ${local}`)], 'namespace', 'import the whole module', names.includes(local) ? 0.6 : 0.88),
    );
    found.push(...missingDefault(target, local, make));
    return found;
  }
  found.push(...missingExport(target, name).map((fix) => ({ ...fix, template: 'export-name/missing-export' })));
  for (const { name: near, score } of nearestNames(name, names, 0.45).slice(0, 3))
    found.push(
      make(file, [replace(specifier, near === local ? near : `${near} as ${local}`)], 'near', `import ${near}`, 0.5 + 0.45 * score),
    );
  if (hasDefault && statement.specifiers.length === 1)
    found.push(
      make(
        file,
        [replace({ start: file.text.indexOf('{', statement.start), end: statement.source.start }, `${local} from `)],
        'default',
        `${local} is the default export`,
        0.9,
      ),
    );
  return found;
}

function missingDefault(
  target: SourceFile,
  local: string,
  make: (at: SourceFile, edits: Proposal['edits'][string], template: string, summary: string, score: number) => Proposal,
): Proposal[] {
  const whole = target.nodes.find(
    (node: Node) => node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression' && memberName(node.left) === 'exports',
  );
  const declared = target.program.body.find((node) => 'id' in node && node.id && 'name' in node.id && node.id.name === local);
  if (whole?.type === 'AssignmentExpression')
    return [
      make(
        target,
        [replace({ start: whole.start, end: whole.right.start }, 'export default ')],
        'export-default',
        'export it the way it is imported',
        0.7,
      ),
    ];
  return declared
    ? [
        make(
          target,
          [{ start: declared.start, end: declared.start, text: 'export default ' }],
          'export-default',
          `export ${local} as the default`,
          0.8,
        ),
      ]
    : [];
}
