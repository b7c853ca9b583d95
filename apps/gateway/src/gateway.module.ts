import { type DynamicModule, Module } from '@nestjs/common';
import { PersistenceModule } from '@selfheal/persistence';
import { DemoController } from './demo/demo.controller.js';
import { EventFeed } from './events/event-feed.js';
import { EventsController } from './events/events.controller.js';
import { FailuresController } from './failures/failures.controller.js';
import type { GatewayConfig } from './gateway.config.js';
import { HealthController } from './health/health.controller.js';
import { ApprovalsController } from './traces/approvals.controller.js';
import { FirstDecision } from './traces/first-decision.js';
import { TargetsController } from './traces/targets.controller.js';
import { TracesController } from './traces/traces.controller.js';

@Module({
  controllers: [
    FailuresController,
    TracesController,
    ApprovalsController,
    TargetsController,
    EventsController,
    DemoController,
    HealthController,
  ],
  providers: [EventFeed, FirstDecision],
})
class Gateway {}

/** The public API over the broker and the database. */
export const gatewayModule = (config: GatewayConfig): DynamicModule => ({
  module: Gateway,
  imports: [PersistenceModule.forRoot(config.DATABASE_URL)],
});
