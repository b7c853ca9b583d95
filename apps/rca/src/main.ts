import { runService } from '@selfheal/service';
import { RcaModule } from './rca.module.js';

await runService({ name: 'rca', module: RcaModule });
