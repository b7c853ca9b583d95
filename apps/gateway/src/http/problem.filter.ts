import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { PROBLEM_JSON, type Problem } from '@selfheal/contracts';
import { isStatementAtFault } from '@selfheal/persistence';
import type { Logger } from '@selfheal/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NatsError } from 'nats';
import { QueryFailedError } from 'typeorm';
import { ProblemException, unavailable } from './problem.exception.js';

/** SQLSTATE: the coordinator, which makes the tables, has not been here yet. */
const UNDEFINED_TABLE = '42P01';
/** A database that cannot be connected to: the driver's or the system's own error, before there is a statement. */
const NO_CONNECTION = /^(?:ECONN[A-Z]+|EPIPE|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|08\w{3}|53\w{3}|57P\w{2}|3D000)$/;

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
  const silent = silentPart(error);
  if (silent) return unavailable(`${silent}: ask again`).problem;
  const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status < 500 && error instanceof Error) return { type: 'about:blank', title: error.message, status };
  return { type: 'about:blank', title: 'Internal error', status: 500, detail: 'see the log of the gateway' };
}

/** What does not do its part right now, if that is all there is to the error. */
function silentPart(error: unknown): string | undefined {
  if (error instanceof NatsError) return 'the broker does not answer';
  if (error instanceof QueryFailedError) {
    const { code } = error.driverError as { code?: unknown };
    if (code === UNDEFINED_TABLE) return 'the database has no tables yet';
    return isStatementAtFault(error) ? undefined : 'the database does not answer';
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && NO_CONNECTION.test(code) ? 'the database does not answer' : undefined;
}
