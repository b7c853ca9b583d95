import type { SourceSnapshot } from '@selfheal/contracts';
import { type FunctionRef, functionIn, functionRef } from './functions.js';
import { calleeName, isClass, isFunction, type Node, type NodeOf, propertyValue, stringValue, unwrap } from './nodes.js';
import { type Project, projectOf } from './project.js';
import { resolveCallee } from './reach.js';
import type { SourceFile } from './source-file.js';

const METHODS = new Set(['get', 'head', 'options', 'post', 'put', 'patch', 'delete', 'all']);

export interface Route {
  /** Upper case, or `ALL`. */
  readonly method: string;
  /** The literal in the source: a plugin's prefix or a router's mount point is not in it. */
  readonly path: string;
  readonly handler: FunctionRef;
}

const cache = new WeakMap<SourceSnapshot, Route[]>();

/**
 * The routes that the sources declare: `app.get('/x', …)` and the like (Express, Fastify, Hono, Koa), Fastify's
 * `route({ method, url, handler })`, Nest's decorators.
 */
export function routesOf(snapshot: SourceSnapshot): Route[] {
  const known = cache.get(snapshot);
  if (known) return known;
  const project = projectOf(snapshot);
  const found = project.files().flatMap((file) => file.nodes.flatMap((node) => routeAt(project, file, node)));
  cache.set(snapshot, found);
  return found;
}

/**
 * The function that handles `METHOD /path`. Parameters match by place (`:id`, `{id}` and a concrete value alike), and a literal
 * may be the tail of the path, since prefixes are registered elsewhere: the longest match wins.
 */
export function findRouteHandler(snapshot: SourceSnapshot, route: string): FunctionRef | undefined {
  const space = route.indexOf(' ');
  const method = route.slice(0, space).toUpperCase();
  const wanted = segments(route.slice(space + 1).split('?', 1)[0] ?? '');
  let best: { route: Route; score: number } | undefined;
  for (const candidate of routesOf(snapshot)) {
    if (candidate.method !== method && candidate.method !== 'ALL' && !(method === 'HEAD' && candidate.method === 'GET')) continue;
    const score = matches(segments(candidate.path), wanted);
    if (score > 0 && score > (best?.score ?? 0)) best = { route: candidate, score };
  }
  return best?.route.handler;
}

const segments = (path: string): string[] => path.split('/').filter(Boolean);
const isParameter = (segment: string): boolean => segment.startsWith(':') || segment.startsWith('{') || segment === '*';

/** Literal segments count double, a whole match more than a tail; 0 is no match. */
function matches(literal: string[], wanted: string[]): number {
  if (literal.length > wanted.length) return 0;
  const tail = wanted.slice(wanted.length - literal.length);
  let score = literal.length === wanted.length ? 2 : 0.5;
  for (const [i, segment] of literal.entries()) {
    if (segment === tail[i]) score += 2;
    else if (isParameter(segment)) score += 1;
    else return 0;
  }
  return score;
}

function routeAt(project: Project, file: SourceFile, node: Node): Route[] {
  if (node.type === 'MethodDefinition') return decoratedRoute(file, node);
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return [];
  const name = calleeName(node);
  if (name === 'route' && node.arguments[0]?.type === 'ObjectExpression') return optionsRoute(project, file, node.arguments[0]);
  const path = stringValue(node.arguments[0]);
  if (!name || !METHODS.has(name) || path === undefined || !path.startsWith('/')) return [];
  const handler = handlerIn(project, file, node.arguments.slice(1));
  return handler ? [{ method: name.toUpperCase(), path, handler }] : [];
}

/** The last function among the arguments: middleware and options come before the handler. */
function handlerIn(project: Project, file: SourceFile, args: readonly Node[]): FunctionRef | undefined {
  for (const argument of [...args].reverse()) {
    const node = unwrap(argument);
    if (isFunction(node)) return functionRef(file, node);
    if (node.type === 'Identifier' || node.type === 'MemberExpression') {
      const [resolved] = resolveCallee(project, file, node);
      if (resolved) return resolved;
    }
    if (node.type === 'CallExpression') {
      // wrap(handler), asyncHandler(async (req, res) => …)
      const inner = handlerIn(project, file, node.arguments);
      if (inner) return inner;
    }
    if (node.type === 'ObjectExpression') {
      const own = propertyValue(node, 'handler');
      const inner = own && handlerIn(project, file, [own]);
      if (inner) return inner;
    }
  }
  return undefined;
}

function optionsRoute(project: Project, file: SourceFile, options: NodeOf<'ObjectExpression'>): Route[] {
  const path = stringValue(propertyValue(options, 'url') ?? propertyValue(options, 'path'));
  const method = propertyValue(options, 'method');
  const handlerNode = propertyValue(options, 'handler');
  const handler = handlerNode && handlerIn(project, file, [handlerNode]);
  if (path === undefined || !handler) return [];
  const names = method?.type === 'ArrayExpression' ? method.elements.flatMap((e) => stringValue(e) ?? []) : [stringValue(method) ?? 'ALL'];
  return names.map((name) => ({ method: name.toUpperCase(), path, handler }));
}

function decoratedRoute(file: SourceFile, node: NodeOf<'MethodDefinition'>): Route[] {
  const owner = file.ancestorsOf(node).find(isClass);
  const prefix = owner ? decorator(owner.decorators, (name) => name === 'Controller') : undefined;
  const verb = decorator(node.decorators, (name) => METHODS.has(name.toLowerCase()));
  const handler = functionIn(file, node.value);
  if (!prefix || !verb || !handler) return [];
  return [
    { method: verb.name.toUpperCase(), path: `/${prefix.argument}/${verb.argument}`.replace(/\/+/g, '/'), handler: { ...handler, file } },
  ];
}

function decorator(
  decorators: readonly NodeOf<'Decorator'>[],
  is: (name: string) => boolean,
): { name: string; argument: string } | undefined {
  for (const { expression } of decorators) {
    const name = expression.type === 'CallExpression' ? calleeName(expression) : undefined;
    if (expression.type === 'CallExpression' && name && is(name)) return { name, argument: stringValue(expression.arguments[0]) ?? '' };
  }
  return undefined;
}
