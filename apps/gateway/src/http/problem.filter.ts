import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { PROBLEM_JSON, type Problem } from '@selfheal/contracts';
import type { Logger } from '@selfheal/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemException } from './problem.exception.js';

/** Every error leaves as problem details (RFC 9457). What is not meant for clients stays in the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const problem = toProblem(error);
    if (problem.status >= 500) this.logger.error({ err: error, path: http.getRequest<FastifyRequest>().url }, 'request failed');
    const instance = http.getRequest<FastifyRequest>().url.split('?')[0];
    void http
      .getResponse<FastifyReply>()
      .status(problem.status)
      .type(PROBLEM_JSON)
      .send(JSON.stringify({ ...problem, instance }));
  }
}

/** Fastify's errors (bad JSON, body too large) carry `statusCode`; Nest's are HttpExceptions; the rest is our fault. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProblemException) return error.problem;
  if (error instanceof HttpException) return { type: 'about:blank', title: error.message, status: error.getStatus() };
  const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status < 500 && error instanceof Error) return { type: 'about:blank', title: error.message, status };
  return { type: 'about:blank', title: 'Internal error', status: 500, detail: 'see the log of the gateway' };
}
