import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type HealingTrace, healingTrace, serviceName, TRACE_STATUS, traceId } from '@selfheal/contracts';
import { HealRepository } from '@selfheal/persistence';
import { z } from 'zod';
import { openApi, problemResponse } from '../http/api-schema.js';
import { notFound, parsed } from '../http/problem.exception.js';

const listQuery = z.strictObject({
  status: z.enum(TRACE_STATUS).optional(),
  target: serviceName.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: traceId.optional(),
});

@ApiTags('traces')
@Controller('api/v1/traces')
export class TracesController {
  constructor(@Inject(HealRepository) private readonly heals: HealRepository) {}

  @Get()
  @ApiOperation({ summary: 'Heals, newest first' })
  @ApiQuery({ name: 'status', required: false, enum: TRACE_STATUS })
  @ApiQuery({ name: 'target', required: false })
  @ApiQuery({ name: 'limit', required: false, description: '1 to 200, 50 when not given' })
  @ApiQuery({ name: 'before', required: false, description: 'the page after this trace id' })
  @ApiResponse({ status: 200, schema: openApi(z.object({ traces: z.array(healingTrace) })) })
  @ApiResponse({ status: 400, ...problemResponse('A parameter is wrong') })
  async list(@Query() query: unknown): Promise<{ traces: HealingTrace[] }> {
    return { traces: await this.heals.listTraces(parsed(listQuery, query, 'query')) };
  }

  @Get(':trace_id')
  @ApiOperation({ summary: 'One heal' })
  @ApiParam({ name: 'trace_id', schema: openApi(traceId) })
  @ApiResponse({ status: 200, schema: openApi(healingTrace) })
  @ApiResponse({ status: 404, ...problemResponse('No heal has this trace id') })
  async one(@Param('trace_id') id: string): Promise<HealingTrace> {
    const trace = await this.heals.getTrace(parsed(traceId, id, 'trace_id'));
    if (!trace) throw notFound(`no heal has the trace id ${id}`);
    return trace;
  }
}
