export type { ApplyPort, ApplyRequest } from './apply.port.js';
export type { DiagnoseAnswer, DiagnosePort, DiagnoseRequest, PlanDraft } from './diagnose.port.js';
export { RULES, rulesApplier, rulesDiagnoser } from './rules/index.js';
