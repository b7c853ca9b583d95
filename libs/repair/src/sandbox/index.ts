export * from './limits.js';
export type { Change } from './listing.js';
export { openSandbox, type Sandbox, type SandboxOptions } from './sandbox.js';
