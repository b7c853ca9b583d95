import { runService } from '@selfheal/service';
import { coordinatorConfig } from './coordinator.config.js';
import { CoordinatorModule } from './coordinator.module.js';

await runService({ name: 'coordinator', config: coordinatorConfig, module: (config) => CoordinatorModule.from(config) });
