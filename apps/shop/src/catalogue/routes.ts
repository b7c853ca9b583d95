import type { FastifyInstance } from 'fastify';
import { config } from '../config.ts';
import { parseRequest } from '../http/validate.ts';
import type { Store } from '../store/store.ts';
import { stockLevel } from './inventory.ts';
import { ListQuery, ProductPage, ProductResponse, SearchQuery, SearchResponse } from './schema.ts';
import { findProduct, listProducts, searchProducts } from './service.ts';

export function catalogueRoutes(app: FastifyInstance, store: Store): void {
  app.get('/api/products', async (request) => {
    const query = parseRequest(ListQuery, request.query);
    return ProductPage.parse(listProducts(store, query));
  });

  app.get('/api/products/search', async (request) => {
    const { q } = parseRequest(SearchQuery, request.query);
    return SearchResponse.parse({ query: q, items: searchProducts(store, q) });
  });

  app.get<{ Params: { id: string } }>('/api/products/:id', async (request) => {
    const product = findProduct(store, request.params.id);
    const stock = await stockLevel(store, product.id);
    return ProductResponse.parse({ ...product, stock, currency: config.currency });
  });
}
