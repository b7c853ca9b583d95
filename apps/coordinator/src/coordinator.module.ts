import { type DynamicModule, Module } from '@nestjs/common';
import { PersistenceModule } from '@selfheal/persistence';
import { type CoordinatorConfig, policyOf } from './coordinator.config.js';
import { CoordinatorController } from './coordinator.controller.js';
import { Deadlines } from './deadlines.js';
import { HealStream, JetStreamHealStream } from './heal-stream.js';
import { LearningService } from './learning.service.js';
import { POLICY } from './policy.js';
import { RefillService } from './refill.service.js';

/** The only service that writes the database, so it is the one that migrates it. */
@Module({})
export class CoordinatorModule {
  static from(config: CoordinatorConfig): DynamicModule {
    return {
      module: CoordinatorModule,
      imports: [PersistenceModule.forRoot(config.DATABASE_URL, { migrate: true })],
      controllers: [CoordinatorController],
      providers: [
        { provide: POLICY, useValue: policyOf(config) },
        { provide: HealStream, useClass: JetStreamHealStream },
        Deadlines,
        RefillService,
        LearningService,
      ],
    };
  }
}
