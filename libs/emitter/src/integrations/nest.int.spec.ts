import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Controller, Get, Module, NotFoundException } from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Exchange } from '../capture/exchange.js';
import { observeHttp } from '../capture/http.js';
import { nestExceptionFilter } from './nest.js';

@Controller('api/tickets')
class Tickets {
  @Get('broken')
  broken(): never {
    throw new TypeError('boom');
  }

  @Get('missing')
  missing(): never {
    throw new NotFoundException('no such ticket');
  }
}

@Module({ controllers: [Tickets] })
class App {}

let app: NestFastifyApplication;
const seen: Exchange[] = [];

beforeAll(async () => {
  observeHttp((exchange) => seen.push(exchange));
  app = await NestFactory.create<NestFastifyApplication>(App, new FastifyAdapter(), { logger: false });
  app.useGlobalFilters(nestExceptionFilter(new BaseExceptionFilter(app.get(HttpAdapterHost).httpAdapter)));
  await app.listen(0, '127.0.0.1');
});
afterAll(() => app.close());

it.each([
  ['broken', 500, 'boom'],
  ['missing', 404, 'no such ticket'],
])('tells what Nest caught in %s, and leaves the answer to Nest', async (path, status, message) => {
  const response = await fetch(`${await app.getUrl()}/api/tickets/${path}`);
  await response.text();
  expect(response.status).toBe(status);
  expect(seen.at(-1)).toMatchObject({ url: `/api/tickets/${path}`, status, thrown: { message } });
});
