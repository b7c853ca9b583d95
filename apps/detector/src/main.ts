import { runService } from '@selfheal/service';
import { detectorConfig } from './detector.config.js';
import { DetectorModule } from './detector.module.js';

await runService({ name: 'detector', config: detectorConfig, module: DetectorModule });
