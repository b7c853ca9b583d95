import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { problem } from '@selfheal/contracts';
import { CONFIG } from '@selfheal/service';
import { z } from 'zod';
import type { GatewayConfig } from '../gateway.config.js';
import { conflict, notFound, parsed, unavailable } from '../http/problem.exception.js';

const faultName = z.string().regex(/^[a-z0-9-]{1,64}$/, 'a fault is named with small letters, digits and "-"');

/** Passes on to the demo, which breaks its shop on purpose. Nothing is here when no demo runs. */
@ApiTags('demo')
@Controller('api/v1/demo/faults')
export class DemoController {
  constructor(@Inject(CONFIG) private readonly config: GatewayConfig) {}

  @Get()
  @ApiOperation({ summary: 'Faults that the demo can make' })
  list(): Promise<unknown> {
    return this.#ask('GET', '');
  }

  @Post(':name')
  @HttpCode(202)
  @ApiOperation({ summary: "Break the demo's shop" })
  trigger(@Param('name') name: string): Promise<unknown> {
    return this.#ask('POST', `/${parsed(faultName, name, 'fault')}`);
  }

  async #ask(method: string, path: string): Promise<unknown> {
    if (!this.config.DEMO_URL) throw notFound('no demo is running');
    const url = `${this.config.DEMO_URL.replace(/\/$/, '')}/faults${path}`;
    const response = await fetch(url, { method, signal: AbortSignal.timeout(30_000) }).catch((error: unknown) => {
      throw unavailable(`the demo does not answer: ${error instanceof Error ? error.message : error}`);
    });
    if (response.status === 404) throw notFound(`the demo has no fault of that name`);
    if (response.ok) return response.json();
    const { detail = `the demo says ${response.status}` } = problem.partial().safeParse(await response.json().catch(() => ({}))).data ?? {};
    throw response.status === 409 ? conflict(detail.slice(0, 500)) : unavailable(detail.slice(0, 500));
  }
}
