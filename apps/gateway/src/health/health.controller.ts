import { Controller, Get, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Broker } from '@selfheal/messaging';
import { HealRepository } from '@selfheal/persistence';
import { unavailable } from '../http/problem.exception.js';

@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    @Inject(Broker) private readonly broker: Broker,
    @Inject(HealRepository) private readonly heals: HealRepository,
  ) {}

  @Get('healthz')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Ready when both the broker and the database answer now. */
  @Get('readyz')
  async ready(): Promise<{ status: 'ok' }> {
    const asked: [string, Promise<unknown>][] = [
      ['broker', this.broker.connection.rtt()],
      ['database', this.heals.listTraces({ limit: 1 })],
    ];
    const answers = await Promise.allSettled(asked.map(([, answer]) => answer));
    const silent = asked.filter((_, i) => answers[i]?.status === 'rejected').map(([name]) => name);
    if (silent.length > 0) throw unavailable(`no answer from: ${silent.join(', ')}`);
    return { status: 'ok' };
  }
}
