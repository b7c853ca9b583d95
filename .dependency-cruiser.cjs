/**
 * The layering as executable rules (docs/adr/0001, docs/adr/0006): imports point one way, apps never import apps, no
 * cycles, and a package is entered by its public API only. Parsed with swc, as TypeScript 7 has no JavaScript API.
 *
 * A workspace package is linked into node_modules, so `@selfheal/x` resolves by its `exports` (condition `types`) to
 * libs/x/src: the same file that TypeScript sees.
 */

/** Layers from the bottom up. A library may import libraries of lower layers, never of its own layer or above, except `within`. */
const LAYERS = [
  ['contracts'],
  ['engine', 'policy', 'models', 'telemetry', 'git', 'runner'],
  ['playbooks', 'trial', 'targets', 'persistence', 'messaging', 'emitter'],
  ['service', 'stack', 'testing', 'repair'],
];
/** Edges inside a layer that are wanted; each is one way, so no cycle can come of them. */
const WITHIN = { testing: ['stack'] };

const at = (libs) => `^libs/(?:${libs.join('|')})/`;
/** Specs, and what only specs use: a folder named testing beside them. */
const SPEC = ['\\.spec\\.tsx?$', '/src/[a-z/-]*testing/'];
/** Code that decides and does no I/O (design, section 7). */
const DOMAIN = '(?:^libs/(?:contracts|engine|policy|playbooks)/src/|/checks/|/decide[^/]*\\.ts$|\\.decision\\.ts$)';

const layering = LAYERS.flatMap((layer, depth) =>
  layer.map((lib) => {
    const above = LAYERS.slice(depth)
      .flat()
      .filter((other) => other !== lib && !(WITHIN[lib] ?? []).includes(other));
    return {
      name: `layer-${lib}`,
      severity: 'error',
      comment: `libs/${lib} is in layer ${depth + 1} and may import lower layers only.`,
      // A spec may use the test helpers, which sit on top.
      from: { path: at([lib]), pathNot: SPEC },
      to: { path: at(above) },
    };
  }),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layering,
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle means two files that cannot be understood one at a time.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'unknown-lib',
      severity: 'error',
      comment: 'A new library takes a place in LAYERS (.dependency-cruiser.cjs) first.',
      from: { path: '^libs/', pathNot: at(LAYERS.flat()) },
      to: {},
    },
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-never-import-apps',
      severity: 'error',
      comment: 'Services speak through events only.',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'shop-knows-nothing-of-selfheal',
      severity: 'error',
      comment: 'The demo target is a stranger: its only tie is the emitter on its command line.',
      from: { path: '^apps/shop/src/', pathNot: SPEC },
      to: { path: '^libs/' },
    },
    {
      name: 'public-api-only',
      severity: 'error',
      comment: "Another package is imported by its name, never by a path into its src: what is not exported is the package's own affair.",
      from: { path: '^(apps|libs)/([^/]+)/' },
      to: { path: '^(?:apps|libs)/', pathNot: '^$1/$2/', dependencyTypesNot: ['aliased-workspace'] },
    },
    {
      name: 'domain-without-framework',
      severity: 'error',
      comment: 'Decisions are pure functions: no framework, no broker, no database.',
      from: { path: DOMAIN, pathNot: SPEC },
      to: {
        path: '(?:^|/)node_modules/(?:@nestjs/|typeorm/|pg/|nats/|@nats-io/|fastify/|rxjs/|pino/|@opentelemetry/)',
      },
    },
    {
      name: 'domain-without-io',
      severity: 'error',
      comment: 'Decisions are pure functions: what they need comes in as data.',
      from: { path: DOMAIN, pathNot: SPEC },
      to: {
        dependencyTypes: ['core'],
        path: '^(?:node:)?(?:fs|net|http|https|http2|child_process|cluster|dgram|dns|tls|timers|worker_threads)(?:/|$)',
      },
    },
    {
      name: 'contracts-imports-zod-only',
      severity: 'error',
      from: { path: '^libs/contracts/src/', pathNot: SPEC },
      to: { pathNot: ['^libs/contracts/src/', '(?:^|/)node_modules/zod/'] },
    },
    {
      name: 'not-to-spec',
      severity: 'error',
      comment: 'A spec is the end of the line, and what specs share is for specs.',
      from: { pathNot: SPEC },
      to: { path: SPEC },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'An import that resolves to nothing escapes every rule here.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(?:^|/)(?:dist|\\.next|\\.selfheal|\\.nx|faults)(?:/|$)' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.js', '.cjs', '.json'],
    },
  },
};
