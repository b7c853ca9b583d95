import { type Edit, insert, type Node, replace, type SourceFile } from '@selfheal/engine';
import { loaderPlace, requiredName } from '../shared/modules.js';
import { definePlaybook, type Proposal } from '../shared/playbook.js';
import type { Scene } from '../shared/scene.js';

/** The two module systems of Node are mixed: `require` in an ES module, `import` in a CommonJS one. */
export const moduleSystem = definePlaybook({
  name: 'module-system',
  family: 'runtime',
  title: 'CommonJS and ES modules are mixed in one file',
  investigate(scene) {
    const { message, stack = '' } = scene.failure.error;
    const said = message.slice(0, 2000);
    const wantsModule = /^(require|__dirname|__filename|module|exports) is not defined/.exec(said)?.[1];
    const wantsCommon =
      /Cannot use import statement outside a module|Unexpected token 'export'|Cannot use 'import\.meta' outside a module/.test(said);
    if (!wantsModule && !wantsCommon) return null;
    const file = fileOf(scene, `${stack}\n${said}`, wantsModule);
    if (!file) return null;
    const proposals = wantsModule ? toModule(scene, file, wantsModule) : toCommon(scene, file);
    if (proposals.length === 0) return null;
    return {
      summary: wantsModule ? `${wantsModule} does not exist in an ES module` : `${file.path} is CommonJS and uses import or export`,
      location: { file: file.path, line: scene.frames[0]?.file === file.path ? scene.frames[0].line : 1 },
      instruction: proposals[0]?.summary ?? 'Use one module system.',
      confidence: 0.96,
      risk: 0.25,
      proposals: () => proposals,
    };
  },
});

/** The file at the first frame; for one that did not load, the one that the error names and that uses the wrong system. */
function fileOf({ project, frames }: Scene, said: string, name: string | undefined): SourceFile | undefined {
  const first = frames[0] && project.file(frames[0].file);
  if (name && first) return first;
  const files = project.files().filter((file) => said.includes(file.path));
  return files.find((file) => file.program.body.some((node) => /^(?:Import|Export)/.test(node.type))) ?? first ?? files[0];
}

const make = (path: string, edits: readonly Edit[], template: string, summary: string, score: number): Proposal => ({
  edits: { [path]: edits },
  template: `module-system/${template}`,
  summary,
  score,
});

function toModule(scene: Scene, file: SourceFile, name: string): Proposal[] {
  if (name === '__dirname' || name === '__filename') return [dirname(file, name)];
  if (name === 'require') return [...imports(file), created(file)];
  return [...exportsToEsm(file), ...manifest(scene, 'commonjs')];
}

/** `const x = require('y')` at the top becomes an import. */
function imports(file: SourceFile): Proposal[] {
  const edits = file.program.body.flatMap((node): Edit[] => {
    if (node.type !== 'VariableDeclaration' || node.declarations.length !== 1) return [];
    const [declarator] = node.declarations;
    const from = requiredName(declarator?.init);
    if (!declarator || from === undefined) return [];
    return [replace(node, `import ${file.textOf(declarator.id).replace(/:\s*/g, ' as ')} from '${from}';`)];
  });
  const rest = file.nodes.some(
    (node) => requiredName(node) !== undefined && !edits.some((edit) => edit.start <= node.start && node.end <= edit.end),
  );
  return edits.length > 0 && !rest
    ? [make(file.path, [...edits, ...exportEdits(file)], 'to-import', 'import instead of require', 0.95)]
    : [];
}

function created(file: SourceFile): Proposal {
  const { at, before, after } = loaderPlace(file);
  const text = "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);";
  return make(file.path, [insert(at, `${before}${text}${after}`)], 'create-require', 'make a require for this module', 0.85);
}

function dirname(file: SourceFile, name: string): Proposal {
  const { at, before, after } = loaderPlace(file);
  const lines = ["import { fileURLToPath } from 'node:url';", 'const __filename = fileURLToPath(import.meta.url);'];
  if (name === '__dirname')
    lines.splice(1, 1, "import { dirname } from 'node:path';", 'const __dirname = dirname(fileURLToPath(import.meta.url));');
  return make(file.path, [insert(at, `${before}${lines.join('\n')}${after}`)], 'dirname', `make ${name} from import.meta.url`, 0.95);
}

const exportsToEsm = (file: SourceFile): Proposal[] => {
  const edits = exportEdits(file);
  return edits.length > 0 ? [make(file.path, edits, 'to-export', 'export instead of module.exports', 0.9)] : [];
};

/** `module.exports = { a, b }`, `module.exports = x`, `exports.a = …` as statements. */
function exportEdits(file: SourceFile): Edit[] {
  return file.program.body.flatMap((node): Edit[] => {
    if (node.type !== 'ExpressionStatement' || node.expression.type !== 'AssignmentExpression') return [];
    const { left, right } = node.expression;
    const target = file.textOf(left);
    if (target === 'module.exports') {
      const plain = right.type === 'ObjectExpression' && right.properties.every((p) => p.type === 'Property' && p.shorthand);
      return [replace(node, plain ? `export ${file.textOf(right)};` : `export default ${file.textOf(right)};`)];
    }
    const name = /^(?:module\.)?exports\.([\w$]+)$/.exec(target)?.[1];
    if (!name) return [];
    return [
      replace(
        node,
        right.type === 'Identifier'
          ? `export { ${right.name}${right.name === name ? '' : ` as ${name}`} };`
          : `export const ${name} = ${file.textOf(right)};`,
      ),
    ];
  });
}

function toCommon(scene: Scene, file: SourceFile): Proposal[] {
  const exported: string[] = [];
  const edits: Edit[] = [];
  for (const node of file.program.body) {
    if (node.type === 'ImportDeclaration') edits.push(replace(node, required(file, node)));
    else if (node.type === 'ExportDefaultDeclaration')
      edits.push(replace({ start: node.start, end: node.declaration.start }, 'module.exports = '));
    else if (node.type === 'ExportNamedDeclaration' && node.declaration) {
      edits.push(replace({ start: node.start, end: node.declaration.start }, ''));
      exported.push(...namesOf(node.declaration));
    } else if (node.type === 'ExportNamedDeclaration' && !node.source) {
      edits.push(replace(node, ''));
      exported.push(
        ...node.specifiers.map((s) =>
          file.textOf(s.local) === file.textOf(s.exported) ? file.textOf(s.local) : `${file.textOf(s.exported)}: ${file.textOf(s.local)}`,
        ),
      );
    } else if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') return manifest(scene, 'module');
  }
  if (exported.length > 0) edits.push(insert(file.text.trimEnd().length, `\n\nmodule.exports = { ${exported.join(', ')} };`));
  const mixed = file.nodes.some((node) => requiredName(node) !== undefined);
  return [
    ...(edits.length > 0 ? [make(file.path, edits, 'to-require', 'require instead of import', mixed ? 0.95 : 0.85)] : []),
    ...manifest(scene, 'module'),
  ];
}

function required(file: SourceFile, node: Node & { type: 'ImportDeclaration' }): string {
  const from = `require('${node.source.value}')`;
  const [first] = node.specifiers;
  if (!first) return `${from};`;
  const named = node.specifiers.flatMap((s) => (s.type === 'ImportSpecifier' ? [file.textOf(s).replace(/\s+as\s+/, ': ')] : []));
  const whole = first.type === 'ImportSpecifier' ? [] : [`const ${first.local.name} = ${from};`];
  return [...whole, ...(named.length > 0 ? [`const { ${named.join(', ')} } = ${from};`] : [])].join('\n');
}

const namesOf = (node: Node): string[] => {
  if (node.type === 'VariableDeclaration') return node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  return 'id' in node && node.id && 'name' in node.id && typeof node.id.name === 'string' ? [node.id.name] : [];
};

/** The nearest question: what the package says that its files are. */
function manifest({ sources }: Scene, type: 'module' | 'commonjs'): Proposal[] {
  const text = sources.files.get('package.json');
  if (text === undefined) return [];
  const said = /"type"\s*:\s*"(?:module|commonjs)"/.exec(text);
  const open = text.indexOf('{');
  if (!said && open < 0) return [];
  const edit = said
    ? replace({ start: said.index, end: said.index + said[0].length }, `"type": "${type}"`)
    : insert(open + 1, `\n  "type": "${type}",`);
  return [make('package.json', [edit], 'manifest', `the package's files are ${type === 'module' ? 'ES modules' : 'CommonJS'}`, 0.7)];
}
