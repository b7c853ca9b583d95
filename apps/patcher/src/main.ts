import { runService } from '@selfheal/service';
import { PatcherModule } from './patcher.module.js';

await runService({ name: 'patcher', module: PatcherModule });
