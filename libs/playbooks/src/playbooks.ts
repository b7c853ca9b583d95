import { boundary } from './boundary/index.js';
import { configFile } from './config-file/index.js';
import { configKey } from './config-key/index.js';
import { configValue } from './config-value/index.js';
import { jsonParse } from './json-parse/index.js';
import { logic } from './logic/index.js';
import { missingAwait } from './missing-await/index.js';
import { missingReturn } from './missing-return/index.js';
import { nullAccess } from './null-access/index.js';
import { poolOrTimeout } from './pool-or-timeout/index.js';
import { quadraticLookup } from './quadratic-lookup/index.js';
import { queryInLoop } from './query-in-loop/index.js';
import { renamedField } from './renamed-field/index.js';
import { repeatedCall } from './repeated-call/index.js';
import { schemaMismatch } from './schema-mismatch/index.js';
import { sequentialAwaits } from './sequential-awaits/index.js';
import type { Playbook } from './shared/playbook.js';
import { undefinedName } from './undefined-name/index.js';
import { wrongOperator } from './wrong-operator/index.js';

/** Every playbook. A new one is a folder and a line here; of equal confidence the earlier comes first. */
export const PLAYBOOKS: readonly Playbook[] = [
  schemaMismatch,
  missingAwait,
  missingReturn,
  undefinedName,
  jsonParse,
  configKey,
  configFile,
  configValue,
  renamedField,
  nullAccess,
  sequentialAwaits,
  queryInLoop,
  quadraticLookup,
  repeatedCall,
  poolOrTimeout,
  boundary,
  wrongOperator,
  logic,
];
