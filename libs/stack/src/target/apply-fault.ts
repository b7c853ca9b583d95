import { applyDiff, commitAll } from '@selfheal/git';
import type { Fault } from '../faults.js';

const CARELESS = { name: 'A Developer', email: 'developer@localhost' };

/** Commits a fault to a target's work tree, as the bad deploy that brings a bug. Returns its revision. @throws PatchDoesNotApply */
export async function applyFault(root: string, fault: Fault): Promise<string> {
  await applyDiff(root, fault.patch);
  return commitAll(root, { message: `Deploy: ${fault.title}`, author: CARELESS });
}
