import type { Candidate } from '@selfheal/contracts';
import type { ApplyRequest } from '@selfheal/models';
import { candidatesOf, proposeFixes } from '@selfheal/playbooks';

/** The candidates of a plan's playbook: best first, each once, none of those that were tried. */
export function decide({ plan, failure, sources, rejected }: ApplyRequest): Candidate[] {
  return candidatesOf(proposeFixes(plan, failure, sources), sources, rejected);
}

/** One candidate in one line, for people. */
export const describe = ({ summary, files, loc, template }: Candidate, index: number): string =>
  `${index + 1}. ${summary.slice(0, 200)} (${files.join(', ')}, ${loc} lines, ${template})`.slice(0, 400);
