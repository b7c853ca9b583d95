import type { FastifyInstance } from 'fastify';
import { parseRequest } from '../http/validate.ts';
import type { Store } from '../store/store.ts';
import { toReturnResponse } from './mapper.ts';
import { ReturnRequest, ReturnResponse } from './schema.ts';
import { createReturn, findReturn, refundFor } from './service.ts';

export function returnRoutes(app: FastifyInstance, store: Store): void {
  app.post('/api/returns', async (request, reply) => {
    const ret = createReturn(store, parseRequest(ReturnRequest, request.body));
    reply.code(201);
    return ReturnResponse.parse(toReturnResponse(ret, refundFor(store, ret)));
  });

  app.get<{ Params: { id: string } }>('/api/returns/:id', async (request) => {
    const ret = findReturn(store, request.params.id);
    return ReturnResponse.parse(toReturnResponse(ret, refundFor(store, ret)));
  });
}
