export { ConfigError, loadConfig, type ServiceConfig, serviceConfig } from './config.js';
export { sayReady, stopGracefully } from './lifecycle.js';
export { CONFIG, type PreparedService, prepareService } from './prepare.js';
export { failToStart, runService } from './run-service.js';
