import { badArgument } from './bad-argument/index.js';
import { boundary } from './boundary/index.js';
import { configFile } from './config-file/index.js';
import { configKey } from './config-key/index.js';
import { configValue } from './config-value/index.js';
import { constAssign } from './const-assign/index.js';
import { constructorCall } from './constructor-call/index.js';
import { earlyAccess } from './early-access/index.js';
import { endlessRecursion } from './endless-recursion/index.js';
import { exportName } from './export-name/index.js';
import { jsonParse } from './json-parse/index.js';
import { logic } from './logic/index.js';
import { missingAwait } from './missing-await/index.js';
import { missingReturn } from './missing-return/index.js';
import { moduleNotFound } from './module-not-found/index.js';
import { moduleSystem } from './module-system/index.js';
import { notAFunction } from './not-a-function/index.js';
import { nullAccess } from './null-access/index.js';
import { poolOrTimeout } from './pool-or-timeout/index.js';
import { quadraticLookup } from './quadratic-lookup/index.js';
import { queryInLoop } from './query-in-loop/index.js';
import { renamedField } from './renamed-field/index.js';
import { repeatedCall } from './repeated-call/index.js';
import { schemaMismatch } from './schema-mismatch/index.js';
import { sequentialAwaits } from './sequential-awaits/index.js';
import type { Playbook } from './shared/playbook.js';
import { syntax } from './syntax/index.js';
import { undefinedName } from './undefined-name/index.js';
import { wrongOperator } from './wrong-operator/index.js';

/** Every playbook. A new one is a folder and a line here; of equal confidence the earlier comes first. */
export const PLAYBOOKS: readonly Playbook[] = [
  schemaMismatch,
  missingAwait,
  missingReturn,
  undefinedName,
  constAssign,
  earlyAccess,
  constructorCall,
  moduleNotFound,
  moduleSystem,
  exportName,
  syntax,
  badArgument,
  endlessRecursion,
  jsonParse,
  configKey,
  configFile,
  configValue,
  renamedField,
  nullAccess,
  notAFunction,
  sequentialAwaits,
  queryInLoop,
  quadraticLookup,
  repeatedCall,
  poolOrTimeout,
  boundary,
  wrongOperator,
  logic,
];
