export { type AppliedFile, applyToFiles, pathsOf } from './diff/apply-to-files.js';
export { canonicalJson, type Provable, proofDigest } from './digest.js';
export { evaluate, passedBeforeTrial } from './evaluate.js';
export type { Check, Finding, PatchFacts, PatchFile, TypeFacts } from './facts.js';
export { CHECKS } from './registry.js';
