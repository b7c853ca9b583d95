export * from './audit-chain.js';
export { AuditTrail } from './audit-trail.js';
export { dataSourceOptions, migrate, openDatabase } from './data-source.js';
export * from './heal.js';
export { HealRepository, type TraceQuery } from './heal.repository.js';
export { LearningRepository } from './learning.repository.js';
export { PersistenceModule } from './persistence.module.js';
export { subjectOf } from './projection.js';
export { isStatementAtFault } from './statement-error.js';
