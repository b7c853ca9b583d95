import { failToStart } from '@selfheal/service';
import { serve } from './serve.js';

await serve().catch((error: unknown) => failToStart('gateway', error));
