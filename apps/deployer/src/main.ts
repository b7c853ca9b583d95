import { runService } from '@selfheal/service';
import { DeployerModule } from './deployer.module.js';

await runService({ name: 'deployer', module: DeployerModule });
