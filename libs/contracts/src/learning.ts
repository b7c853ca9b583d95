/** What heals teach the next ones: written by the coordinator to the bucket `learning`, read by rca and patcher. */
import { z } from 'zod';
import { digest, serviceName } from './primitives.js';

/** How often something was right, and how often not. */
export const tally = z.object({ proven: z.int().min(0), failed: z.int().min(0) });
export type Tally = z.infer<typeof tally>;

/** How playbooks and templates have done over all heals. */
export const learningRecord = z.object({ playbooks: z.record(z.string(), tally), templates: z.record(z.string(), tally) });
export type LearningRecord = z.infer<typeof learningRecord>;

/** What was tried for one fingerprint. A fix that is in here is a suggestion: it passes the guardrails and is proven again. */
export const learnedFixes = z.object({
  /** Patches that healed it, latest first. */
  fixes: z.array(z.object({ target: serviceName, template: z.string().max(128), diff: z.string().min(1).max(50_000) })).max(5),
  /** Shapes (see {@link shapeOfDiff}), as SHA-256, of patches that were rejected, did not help, or were rolled back. */
  failed: z.array(digest).max(200),
});
export type LearnedFixes = z.infer<typeof learnedFixes>;

/** Keys of the bucket. */
export const LEARNING_RECORD = 'record';
export const learnedFixesKey = (fingerprint: string): string => `fix.${fingerprint}`;

const LEARNED = 'learned/';

/** The template's name when its patch comes from an earlier heal, and back. */
export const learnedTemplate = (template: string): string => `${LEARNED}${originalTemplate(template)}`.slice(0, 128);
export const originalTemplate = (template: string): string => (template.startsWith(LEARNED) ? template.slice(LEARNED.length) : template);

/** A unified diff without its line numbers: the same for the same change of the same lines, wherever they have moved. */
export const shapeOfDiff = (diff: string): string => diff.replace(/^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@.*$/gm, '@@');
