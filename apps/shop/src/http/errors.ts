import type { FastifyError, FastifyInstance } from 'fastify';

/** An error that the client may see. `statusCode` is what Fastify answers with. */
export class HttpError extends Error {
  readonly statusCode: number;
  readonly details: readonly string[];

  constructor(statusCode: number, message: string, details: readonly string[] = []) {
    super(message);
    this.name = 'HttpError';
    this.statusCode = statusCode;
    this.details = details;
  }
}

export const notFound = (what: string, id: string): HttpError => new HttpError(404, `${what} ${id} does not exist`);
export const conflict = (message: string): HttpError => new HttpError(409, message);

/** Clients see the message of their own mistakes (4xx); ours (5xx) are logged and stay inside. */
export function installErrorHandler(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      request.log.error({ err: error }, 'request failed');
      return reply.code(status).send({ error: 'Internal Server Error' });
    }
    const details = error instanceof HttpError ? error.details : [];
    return reply.code(status).send({ error: error.message, ...(details.length > 0 && { details }) });
  });
  app.setNotFoundHandler((request, reply) => reply.code(404).send({ error: `no route ${request.method} ${request.url}` }));
}
