export { type Fault, faultsOf, isRepairable } from './faults.js';
export { isParsable, MAX_NESTING, nestingDepth } from './nesting.js';
export { type Repair, type RepairOptions, repairSyntax } from './repair.js';
