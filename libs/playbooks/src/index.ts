export * from './diagnose.js';
export { PLAYBOOKS } from './playbooks.js';
export { candidatesOf, MAX_CANDIDATES } from './shared/candidates.js';
export type { Diagnosis, Family, Plan, Playbook, PlaybookInput, Proposal } from './shared/playbook.js';
export { sceneOf } from './shared/scene.js';
