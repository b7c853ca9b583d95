import type { FastifyInstance } from 'fastify';
import { parseRequest } from '../http/validate.ts';
import type { Store } from '../store/store.ts';
import { toCartResponse } from './mapper.ts';
import { AddItemRequest, CartResponse, QuoteQuery, QuoteResponse } from './schema.ts';
import { addItem, createCart, findCart, quoteCart, removeItem } from './service.ts';

export function cartRoutes(app: FastifyInstance, store: Store): void {
  app.post('/api/carts', async (_request, reply) => {
    reply.code(201);
    return CartResponse.parse(toCartResponse(createCart(store)));
  });

  app.get<{ Params: { id: string } }>('/api/carts/:id', async (request) => {
    const cart = findCart(store, request.params.id);
    return CartResponse.parse(toCartResponse(cart));
  });

  app.post<{ Params: { id: string } }>('/api/carts/:id/items', async (request, reply) => {
    const item = parseRequest(AddItemRequest, request.body);
    reply.code(201);
    return CartResponse.parse(toCartResponse(addItem(store, request.params.id, item)));
  });

  app.delete<{ Params: { id: string; productId: string } }>('/api/carts/:id/items/:productId', async (request) => {
    const { id, productId } = request.params;
    return CartResponse.parse(toCartResponse(removeItem(store, id, productId)));
  });

  app.get<{ Params: { id: string } }>('/api/carts/:id/quote', async (request) => {
    const { shipping, coupon } = parseRequest(QuoteQuery, request.query);
    const cart = findCart(store, request.params.id);
    return QuoteResponse.parse({ cartId: cart.id, shippingMethod: shipping, ...quoteCart(cart, shipping, coupon) });
  });
}
