import type { Target } from '@selfheal/contracts';
import { hotReload } from './hot-reload/hot-reload.js';
import type { DeployStrategy } from './strategy.js';

/** One folder a strategy; the name is what `deploy.strategy` in selfheal.yaml says. */
const STRATEGIES: Readonly<Record<Target['config']['deploy']['strategy'], DeployStrategy>> = { 'hot-reload': hotReload };

/** The strategy that a target asks for. */
export const strategyOf = (target: Target): DeployStrategy => STRATEGIES[target.config.deploy.strategy];
