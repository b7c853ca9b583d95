import { runService } from '@selfheal/service';
import { VerifierModule } from './verifier.module.js';

await runService({ name: 'verifier', module: VerifierModule });
