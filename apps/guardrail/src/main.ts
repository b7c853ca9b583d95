import { runService } from '@selfheal/service';
import { guardrailConfig } from './guardrail.config.js';
import { GuardrailModule } from './guardrail.module.js';

await runService({ name: 'guardrail', config: guardrailConfig, module: GuardrailModule });
