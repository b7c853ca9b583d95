import { loadedModule, type Node, nearestNames, replace, type SourceFile, similarity, stringValue } from '@selfheal/engine';
import { isNodeModule, nodeModules, relativePath } from '../shared/modules.js';
import { definePlaybook, type Proposal } from '../shared/playbook.js';
import { locationOf, type Scene, sourceEvidence } from '../shared/scene.js';

interface Load {
  readonly file: SourceFile;
  /** The string literal. */
  readonly node: Node;
  readonly specifier: string;
}

/**
 * `Cannot find module './x'`: the path is misspelt, has the wrong extension, case or depth, or names a folder. For a bare name, a
 * package that the manifest has or a module of Node is the near one; a package that is not there is another playbook's.
 */
export const moduleNotFound = definePlaybook({
  name: 'module-not-found',
  family: 'runtime',
  title: 'A module is loaded from where it is not',
  investigate(scene) {
    const wanted = specifierIn(scene.failure.error.message);
    if (!wanted) return null;
    const found = loads(scene, wanted);
    const proposals = found.flatMap((load) => fixes(scene, load)).sort((a, b) => b.score - a.score);
    const [first] = found;
    if (!first || proposals.length === 0) return null;
    return {
      summary: `${first.specifier} is not where ${first.file.path} looks for it`,
      location: locationOf(first.file, first.node),
      evidence: [sourceEvidence(first.file, first.node, `${first.specifier} is loaded here`)],
      instruction: proposals[0]?.summary ?? 'Load it from where it is.',
      data: { specifier: first.specifier },
      confidence: 0.9,
      risk: 0.15,
      proposals: () => proposals.slice(0, 8),
    };
  },
});

/** What Node could not find: a specifier (CommonJS) or an absolute path (ES modules). */
function specifierIn(message: string): string | undefined {
  const line = message.slice(0, 1500);
  return (
    /^Cannot find (?:module|package) '([^'\n]{1,400})'/.exec(line)?.[1] ??
    /^Directory import '([^'\n]{1,400})' is not supported/.exec(line)?.[1] ??
    /^No such built-in module: (\S{1,100})/.exec(line)?.[1] ??
    /^Cannot find module '?([^'\s]{1,400})'? from '/.exec(line)?.[1]
  );
}

/** The loads of what is missing, those of the file that failed first. */
function loads({ project, frames, failure }: Scene, wanted: string): Load[] {
  const importer = /(?:imported from|from|Require stack:\s*-) '?([^\s'\n]{1,400})/.exec(failure.error.message)?.[1] ?? '';
  const files = project.files();
  const rank = (file: SourceFile) => (importer.endsWith(file.path) || frames.some((frame) => frame.file === file.path) ? 0 : 1);
  const name = wanted.split('/').at(-1) ?? wanted;
  return files
    .flatMap((file) =>
      file.nodes.flatMap((node): Load[] => {
        const literal = loadedModule(node);
        const specifier = stringValue(literal);
        if (!literal || specifier === undefined) return [];
        const broken = specifier.startsWith('.') ? project.resolve(file.path, specifier) === undefined || !/\.\w+$/.test(specifier) : true;
        const same =
          specifier === wanted ||
          (specifier.startsWith('.') && (specifier.split('/').at(-1) === name || wanted.endsWith(specifier.replace(/^(?:\.\.?\/)+/, '/'))));
        return broken && same ? [{ file, node: literal, specifier }] : [];
      }),
    )
    .sort((a, b) => rank(a.file) - rank(b.file))
    .slice(0, 5);
}

function fixes(scene: Scene, load: Load): Proposal[] {
  const make = (specifier: string, score: number): Proposal => ({
    edits: { [load.file.path]: [replace({ start: load.node.start + 1, end: load.node.end - 1 }, specifier)] },
    template: 'module-not-found/specifier',
    summary: `load ${specifier} instead of ${load.specifier}`,
    score,
  });
  return load.specifier.startsWith('.') || load.specifier.startsWith('/') ? nearFiles(scene, load, make) : nearPackages(scene, load, make);
}

function nearFiles(
  { sources, project }: Scene,
  { file, specifier }: Load,
  make: (specifier: string, score: number) => Proposal,
): Proposal[] {
  const needsExtension = /\.m[jt]s$/.test(file.path) || file.program.body.some((node) => node.type === 'ImportDeclaration');
  const extension = /\.[cm]?[jt]sx?$|\.json$/.exec(specifier)?.[0];
  const folders = (path: string) => path.replace(/^(?:\.\.?\/)+/, '').replace(/\.[cm]?[jt]sx?$|\.json$/, '');
  const wanted = folders(specifier);
  const last = wanted.split('/').at(-1) ?? wanted;
  return [...sources.files.keys()]
    .filter((path) => path !== file.path && /\.(?:[cm]?[jt]sx?|json)$/.test(path) && !path.endsWith('.d.ts'))
    .flatMap((path) => {
      const relative = relativePath(file.path, path);
      const bare = folders(relative).replace(/\/index$/, '');
      const name = bare.split('/').at(-1) ?? bare;
      const near = Math.max(similarity(wanted.toLowerCase(), bare.toLowerCase()), 0.9 * similarity(last.toLowerCase(), name.toLowerCase()));
      if (near < 0.6) return [];
      const keeps = extension !== undefined || needsExtension || path.endsWith('.json');
      const short = relative.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
      const text = keeps ? relative.replace(/\.ts(x?)$/, extension?.startsWith('.js') ? '.js$1' : '.ts$1') : short;
      const resolves = project.resolve(file.path, text) !== undefined;
      return text === specifier || !resolves ? [] : [make(text, 0.3 + 0.65 * near)];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, 4);
}

function nearPackages({ sources }: Scene, { specifier }: Load, make: (specifier: string, score: number) => Proposal): Proposal[] {
  const manifest = manifestOf(sources.files.get('package.json'));
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const rest = specifier.slice(name.length);
  const local = [...sources.files.keys()].some(
    (path) =>
      path
        .split('/')
        .at(-1)
        ?.replace(/\.\w+$/, '') === name,
  );
  return [
    ...nearestNames(name, [...manifest, ...nodeModules()], 0.6)
      .slice(0, 3)
      .map((near) => make(near.name + rest, 0.3 + 0.6 * near.score)),
    ...(local && !isNodeModule(name) ? [make(`./${specifier}`, 0.8)] : []),
  ];
}

function manifestOf(text: string | undefined): string[] {
  try {
    const manifest = JSON.parse(text ?? '{}') as Record<string, unknown>;
    return ['dependencies', 'devDependencies', 'peerDependencies'].flatMap((key) => {
      const list = manifest[key];
      return typeof list === 'object' && list !== null ? Object.keys(list) : [];
    });
  } catch {
    return [];
  }
}
