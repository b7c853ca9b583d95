import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditTrail } from './audit-trail.js';
import { dataSourceOptions, openDatabase } from './data-source.js';
import { HealRepository } from './heal.repository.js';
import { LearningRepository } from './learning.repository.js';

/** Offers {@link HealRepository}, {@link LearningRepository} and {@link AuditTrail}. */
@Module({})
export class PersistenceModule {
  /**
   * @param databaseUrl `postgres://user:password@host:port/database`
   * @param options `migrate`: bring the schema up to date first. The coordinator does; everyone else only reads.
   */
  static forRoot(databaseUrl: string, options: { migrate?: boolean } = {}): DynamicModule {
    return {
      module: PersistenceModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...dataSourceOptions(databaseUrl), retryAttempts: 20, retryDelay: 500 }),
          dataSourceFactory: () => openDatabase(dataSourceOptions(databaseUrl), { migrate: options.migrate ?? false }),
        }),
      ],
      providers: [HealRepository, LearningRepository, AuditTrail],
      exports: [HealRepository, LearningRepository, AuditTrail],
    };
  }
}
