import type { FastifyInstance } from 'fastify';
import { parseRequest } from '../http/validate.ts';
import { toOrderResponse } from '../orders/mapper.ts';
import { OrderResponse } from '../orders/schema.ts';
import type { Store } from '../store/store.ts';
import { IdempotencyKeys } from './idempotency.ts';
import { CheckoutRequest, IdempotencyKey } from './schema.ts';
import { checkout } from './service.ts';

export function checkoutRoutes(app: FastifyInstance, store: Store): void {
  const keys = new IdempotencyKeys();

  app.post('/api/checkout', async (request, reply) => {
    const key = parseRequest(IdempotencyKey, request.headers['idempotency-key']);
    const body = parseRequest(CheckoutRequest, request.body);
    const order = await keys.once(key, body, () => checkout(store, body));
    reply.code(201);
    return OrderResponse.parse(toOrderResponse(order));
  });
}
