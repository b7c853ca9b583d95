import fastify, { type FastifyInstance } from 'fastify';
import { cartRoutes } from './cart/routes.ts';
import { catalogueRoutes } from './catalogue/routes.ts';
import { checkoutRoutes } from './checkout/routes.ts';
import { config } from './config.ts';
import { installErrorHandler } from './http/errors.ts';
import { installJsonBody } from './http/json-body.ts';
import { orderRoutes } from './orders/routes.ts';
import { returnRoutes } from './returns/routes.ts';
import { createStore, type Store } from './store/store.ts';

/** The shop, ready to listen. */
export function buildApp(store: Store = createStore()): FastifyInstance {
  const app = fastify({ logger: { level: config.logLevel }, bodyLimit: 256 * 1024 });
  installErrorHandler(app);
  installJsonBody(app);
  app.get('/healthz', async () => ({ status: 'ok' }));
  catalogueRoutes(app, store);
  cartRoutes(app, store);
  checkoutRoutes(app, store);
  orderRoutes(app, store);
  returnRoutes(app, store);
  return app;
}
