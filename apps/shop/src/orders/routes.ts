import type { FastifyInstance } from 'fastify';
import { parseRequest } from '../http/validate.ts';
import type { Store } from '../store/store.ts';
import { toOrderResponse, toOrderSummary } from './mapper.ts';
import { CancelRequest, OrderList, OrderResponse, OrdersQuery, TrackingResponse } from './schema.ts';
import { cancelOrder, findOrder, ordersOfCustomer } from './service.ts';
import { trackParcels } from './tracking.ts';

export function orderRoutes(app: FastifyInstance, store: Store): void {
  app.get('/api/orders', async (request) => {
    const { customer } = parseRequest(OrdersQuery, request.query);
    const orders = ordersOfCustomer(store, customer).map((order) => toOrderSummary(order));
    return OrderList.parse({ customer, orders });
  });

  app.get<{ Params: { id: string } }>('/api/orders/:id', async (request) => {
    const order = findOrder(store, request.params.id);
    return OrderResponse.parse(toOrderResponse(order));
  });

  app.get<{ Params: { id: string } }>('/api/orders/:id/tracking', async (request) => {
    const order = findOrder(store, request.params.id);
    return TrackingResponse.parse({ orderId: order.id, parcels: await trackParcels(order) });
  });

  app.post<{ Params: { id: string } }>('/api/orders/:id/cancel', async (request) => {
    const { reason } = parseRequest(CancelRequest, request.body ?? {});
    const order = await cancelOrder(store, request.params.id);
    request.log.info({ order: order.id, reason }, 'order cancelled');
    return OrderResponse.parse(toOrderResponse(order));
  });
}
