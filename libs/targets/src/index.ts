export { parseTarget } from './parse-target.js';
export { controlUrl, liveUrl, loadTarget, TargetRegistry } from './registry.js';
export { strategyOf } from './strategies/index.js';
export {
  type Deployed,
  DeployFailed,
  type DeployRequest,
  type DeployStrategy,
  type RollbackRequest,
  type RolledBack,
} from './strategies/strategy.js';
export { TargetError, UnknownTarget } from './targets.config.js';
