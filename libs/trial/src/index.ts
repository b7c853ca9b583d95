export { type Answer, type Judgement, judge } from './replay/judge.js';
export { type ReplayOptions, replayRequest } from './replay/replay.js';
export { type Sandbox, SandboxDidNotStart, type SandboxOptions, startSandbox } from './sandbox/sandbox.js';
export { type FailingRequest, openTrial, type Trial, type TrialOptions } from './trial/trial.js';
