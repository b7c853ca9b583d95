import { Controller, Inject, Logger } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { AnyHealingEvent } from '@selfheal/contracts';
import { type HealContext, Hears, type Outcome } from '@selfheal/messaging';
import { HealRepository } from '@selfheal/persistence';
import { Deadlines } from './deadlines.js';
import { deadlineOf, decide } from './decide.js';
import { LearningService } from './learning.service.js';
import { POLICY, type Policy } from './policy.js';
import { whileAway } from './while-away.js';

/** Hears every event of every heal, in order: keeps it in Postgres, and says what follows from all that is known of the heal. */
@Controller()
export class CoordinatorController {
  readonly #logger = new Logger(CoordinatorController.name);

  constructor(
    @Inject(HealRepository) private readonly heals: HealRepository,
    @Inject(Deadlines) private readonly deadlines: Deadlines,
    @Inject(LearningService) private readonly learning: LearningService,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  @Hears('*')
  async followHeal(@Payload() event: AnyHealingEvent, @Ctx() ctx: HealContext): Promise<Outcome[]> {
    const stored = { seq: ctx.seq, at: ctx.at, event };
    const project = () => this.heals.project(stored, (known) => deadlineOf(known, this.policy));
    const heal = await whileAway(project, ctx.signal, (why) => this.#logger.warn(`event ${ctx.seq} waits for the database: ${why}`));
    this.deadlines.note(deadlineOf(heal, this.policy)?.at);
    this.learning.note(event, heal.trace?.fingerprint);
    return [...decide(heal, this.policy)];
  }
}
