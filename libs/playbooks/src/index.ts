export { type CodemodOptions, type Codemods, codemodsFor, type PlainError } from './codemods.js';
export { type DiagnosisReport, diagnoseFailure, proposeFixes, type RankedDiagnosis } from './diagnose.js';
export { PLAYBOOKS } from './playbooks.js';
export { candidatesOf, MAX_CANDIDATES } from './shared/candidates.js';
export { ownFailure } from './shared/own-failure.js';
export type { Diagnosis, Finding, Plan, Playbook, PlaybookDefinition, PlaybookInput, Proposal } from './shared/playbook.js';
export { type TypeDiagnostic, typeDiagnostics, typeErrorFixes } from './type-error/index.js';
