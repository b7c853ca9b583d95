import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type AnyHealingEvent, digest, healingEvent, traceId } from '@selfheal/contracts';
import { Broker } from '@selfheal/messaging';
import { HealRepository } from '@selfheal/persistence';
import { z } from 'zod';
import { openApi, problemResponse } from '../http/api-schema.js';
import { conflict, notFound, parsed } from '../http/problem.exception.js';
import { FirstDecision } from './first-decision.js';

const decision = z.strictObject({
  /** What was shown and is being decided on: patch, proof, verdict and base revision. */
  digest,
  decision: z.enum(['grant', 'deny']),
  by: z.string().trim().min(1).max(256),
  reason: z.string().max(2000).default(''),
});

@ApiTags('approvals')
@Controller('api/v1/traces/:trace_id/approval')
export class ApprovalsController {
  constructor(
    @Inject(HealRepository) private readonly heals: HealRepository,
    @Inject(Broker) private readonly broker: Broker,
    @Inject(FirstDecision) private readonly first: FirstDecision,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Approve or deny exactly what was asked', description: 'Bound to the digest: anything else is refused.' })
  @ApiBody({ schema: openApi(decision) })
  @ApiResponse({ status: 202, description: 'Decided' })
  @ApiResponse({ status: 409, ...problemResponse('Nothing is being asked, or something else is') })
  async decide(@Param('trace_id') id: string, @Body() body: unknown): Promise<{ status: 'granted' | 'denied' }> {
    const trace_id = parsed(traceId, id, 'trace_id');
    const asked = parsed(decision, body, 'approval');
    const trace = await this.heals.getTrace(trace_id);
    if (!trace) throw notFound(`no heal has the trace id ${trace_id}`);
    if (trace.status !== 'AWAITING_APPROVAL' || !trace.approval)
      throw conflict(`this heal is ${trace.status}: nothing is waiting for approval`);
    if (trace.approval.digest !== asked.digest) throw conflict('the digest is not that of what is being asked now: look at it again');
    const payload = { attempt: trace.attempt, digest: asked.digest, by: asked.by, reason: asked.reason };
    const type = asked.decision === 'grant' ? 'APPROVAL_GRANTED' : 'APPROVAL_DENIED';
    if ((await this.first.settle(trace_id, trace.attempt, type)) !== type) throw conflict('someone else has decided already');
    const event = healingEvent(type, trace_id, new Date().toISOString(), payload);
    if ((await this.broker.journal.publish(event as AnyHealingEvent)) === 'exists') throw conflict('this has been decided already');
    return { status: asked.decision === 'grant' ? 'granted' : 'denied' };
  }
}
