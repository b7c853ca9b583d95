import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { failureEvent, failureSubject } from '@selfheal/contracts';
import { Broker, eventHeaders } from '@selfheal/messaging';
import { TargetRegistry } from '@selfheal/targets';
import { z } from 'zod';
import { openApi, problemResponse } from '../http/api-schema.js';
import { invalid, parsed, unavailable } from '../http/problem.exception.js';

const accepted = z.object({ key: z.string(), trace_id: z.string().optional(), duplicate: z.boolean() });

@ApiTags('failures')
@Controller('api/v1/failures')
export class FailuresController {
  constructor(
    @Inject(Broker) private readonly broker: Broker,
    @Inject(TargetRegistry) private readonly targets: TargetRegistry,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Report a failure', description: 'For services and monitors that do not speak NATS. Idempotent by `key`.' })
  @ApiBody({ schema: openApi(failureEvent) })
  @ApiResponse({ status: 202, description: 'Stored by the broker', schema: openApi(accepted) })
  @ApiResponse({ status: 400, ...problemResponse('A field is wrong: `errors` names each') })
  async report(@Body() body: unknown): Promise<z.infer<typeof accepted>> {
    const event = parsed(failureEvent, body, 'failure event');
    const { service } = event.payload;
    if (!this.targets.get(service)) {
      const known = this.targets.all().map((t) => t.config.name);
      throw invalid('failure event', [
        { pointer: '/payload/service', detail: `no target is named ${service}; known: ${known.join(', ') || 'none'}` },
      ]);
    }
    const h = eventHeaders('gateway', event);
    if (event.trace_id) h.set('traceparent', `00-${event.trace_id}-${event.trace_id.slice(0, 15)}1-01`);
    const stored = await this.broker.jetstream
      .publish(failureSubject(service), JSON.stringify(event), { headers: h, msgID: `${service}.${event.type}.${event.key}` })
      .catch((error: unknown) => {
        throw unavailable(`the broker did not take the event: ${error instanceof Error ? error.message : error}; send it again`);
      });
    return { key: event.key, ...(event.trace_id && { trace_id: event.trace_id }), duplicate: stored.duplicate };
  }
}
