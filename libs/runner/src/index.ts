export { ReloadFailed, RunnerClient, RunnerRefused, RunnerUnavailable } from './client.js';
export type { ReloadResult, RunnerStatus } from './control-api.js';
export { runnerEntry } from './entry.js';
