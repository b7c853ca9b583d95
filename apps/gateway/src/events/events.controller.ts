import { Controller, Get, Headers, Inject, type OnApplicationShutdown, Param, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { metrics } from '@opentelemetry/api';
import { traceId } from '@selfheal/contracts';
import { INSTRUMENTATION, METRICS } from '@selfheal/telemetry';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { parsed } from '../http/problem.exception.js';
import { EventFeed } from './event-feed.js';
import { SseStream } from './sse.js';

const position = z.coerce.number('a stream sequence: a whole number from 0').int().min(0).default(0);

const SSE = {
  summary: 'Events as they happen (SSE): history, then live',
  description:
    '`id` is the stream sequence; send it back as `Last-Event-ID` and nothing is lost or repeated. PATCH_LOG lines have no id and may be lost.',
};

@ApiTags('events')
@Controller('api/v1')
export class EventsController implements OnApplicationShutdown {
  readonly #open = new Set<SseStream>();
  readonly #clients = metrics.getMeter(INSTRUMENTATION).createUpDownCounter(METRICS.sseClients);

  constructor(@Inject(EventFeed) private readonly feed: EventFeed) {}

  @Get('events')
  @ApiOperation(SSE)
  @ApiHeader({ name: 'Last-Event-ID', required: false })
  @ApiProduces('text/event-stream')
  async all(@Res() reply: FastifyReply, @Headers('last-event-id') last?: string, @Query('last_event_id') asked?: string): Promise<void> {
    await this.#serve(reply, last ?? asked, undefined);
  }

  @Get('traces/:trace_id/events')
  @ApiOperation(SSE)
  @ApiHeader({ name: 'Last-Event-ID', required: false })
  @ApiProduces('text/event-stream')
  async ofTrace(
    @Res() reply: FastifyReply,
    @Param('trace_id') id: string,
    @Headers('last-event-id') last?: string,
    @Query('last_event_id') asked?: string,
  ): Promise<void> {
    await this.#serve(reply, last ?? asked, parsed(traceId, id, 'trace_id'));
  }

  onApplicationShutdown(): void {
    for (const stream of this.#open) stream.end();
  }

  async #serve(reply: FastifyReply, last: string | undefined, trace: string | undefined): Promise<void> {
    const after = parsed(position, last || undefined, 'Last-Event-ID');
    reply.hijack();
    const stream = new SseStream(reply.raw, corsHeaders(reply));
    this.#open.add(stream);
    this.#clients.add(1);
    const endProgress = this.feed.progress(trace, (data) => stream.offer({ event: 'PATCH_LOG', data }));
    try {
      await this.feed.follow(after, trace, stream.signal, (stored) =>
        stream.send({ id: stored.seq, event: stored.event.type, data: JSON.stringify(stored) }),
      );
    } finally {
      endProgress();
      this.#open.delete(stream);
      this.#clients.add(-1);
      stream.end();
    }
  }
}

/** What the CORS hook put on the reply goes along: a hijacked reply is written by us. */
function corsHeaders(reply: FastifyReply): Record<string, string> {
  const set = Object.entries(reply.getHeaders()).filter(([name]) => name === 'vary' || name.startsWith('access-control-'));
  return Object.fromEntries(set.map(([name, value]) => [name, String(value)]));
}
