import { describe, expect, it } from '@jest/globals';
import { reachableFunctions } from './reach.js';
import { findRouteHandler } from './routes.js';

const snapshotOf = (files: Record<string, string>) => ({ revision: '0'.repeat(40), files: new Map(Object.entries(files)) });

const sources = snapshotOf({
  'src/app.ts': `
    import { list } from './list.js';
    app.get('/api/returns/:id', auth, async (req) => show(req.params.id));
    app.get('/api/returns', list);
    router.post('/items', wrap(async function create(req, res) {}));
    fastify.route({ method: ['PUT', 'PATCH'], url: '/api/carts/:cart', handler: async () => update() });
    cache.get('key');
  `,
  'src/list.ts':
    "import * as db from './db.js';\nexport const list = async () => { return db.all().map(toLine); };\nconst toLine = (x) => format(x);\nfunction format(x) { return x; }\n",
  'src/db.ts': "export function all() { return query('select'); }\nfunction query(q) { return []; }\nexport function unused() {}\n",
  'src/orders.controller.ts': `
    @Controller('api/orders')
    export class OrdersController {
      @Get(':id/lines') lines() { return this.service.linesOf(); }
    }
    class Service { linesOf() { return []; } }
  `,
});

const handlerText = (route: string) => {
  const handler = findRouteHandler(sources, route);
  return handler?.file.textOf(handler.node);
};

describe('findRouteHandler', () => {
  it.each([
    ['GET /api/returns/:id', 'async (req) => show(req.params.id)'],
    ['GET /api/returns/{returnId}', 'async (req) => show(req.params.id)'],
    ['GET /api/returns/ret_1?full=1', 'async (req) => show(req.params.id)'],
    ['HEAD /api/returns/:id', 'async (req) => show(req.params.id)'],
    ['POST /api/v2/items', 'async function create(req, res) {}'],
    ['PATCH /api/carts/:id', 'async () => update()'],
  ])('finds the handler of %s', (route, text) => {
    expect(handlerText(route)).toBe(text);
  });

  it('follows a handler that is imported, and Nest’s decorators', () => {
    expect(findRouteHandler(sources, 'GET /api/returns')?.file.path).toBe('src/list.ts');
    expect(handlerText('GET /api/orders/:id/lines')).toContain('linesOf');
  });

  it.each(['DELETE /api/returns/:id', 'GET /nothing', 'GET key', ''])('finds none for %j', (route) => {
    expect(findRouteHandler(sources, route)).toBeUndefined();
  });
});

describe('reachableFunctions', () => {
  it('follows calls, callbacks and imports, nearest first', () => {
    const handler = findRouteHandler(sources, 'GET /api/returns');
    const reached = handler ? reachableFunctions(sources, handler) : [];
    expect(reached.map(({ name, depth }) => `${name} ${depth}`)).toEqual(['list 0', 'all 1', 'toLine 1', 'query 2', 'format 2']);
  });

  it('is bounded, also on recursion', () => {
    const loop = snapshotOf({ 'a.ts': "app.get('/', () => a()); function a() { b(); } function b() { a(); c(); } function c() {}" });
    const handler = findRouteHandler(loop, 'GET /');
    if (!handler) throw new Error('no handler');
    expect(reachableFunctions(loop, handler)).toHaveLength(4);
    expect(reachableFunctions(loop, handler, { functions: 2 })).toHaveLength(2);
    expect(reachableFunctions(loop, handler, { depth: 1 })).toHaveLength(2);
  });
});
