/** Before and after cases for the playbooks' specs. */
import { type FailurePayload, failurePayload, type SourceSnapshot } from '@selfheal/contracts';
import { applyEdits, SourceFile } from '@selfheal/engine';
import { candidatesOf } from './candidates.js';
import type { Diagnosis, Playbook } from './playbook.js';

export interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly failure: Partial<Omit<FailurePayload, 'error'>> & { readonly error?: Partial<FailurePayload['error']> };
  /** Where it was thrown: a file and a text in it; the frame points at the text's start. */
  readonly at?: readonly [file: string, text: string];
  readonly failureType?: string;
}

export interface Healed {
  readonly diagnosis: Diagnosis | null;
  /** The changed file's text after each candidate, best first. */
  readonly after: readonly string[];
  readonly templates: readonly string[];
}

export const snapshotOf = (files: Readonly<Record<string, string>>): SourceSnapshot => ({
  revision: '0'.repeat(40),
  files: new Map(Object.entries(files)),
});

/** Diagnoses a case and applies every proposal that becomes a candidate. */
export function heal(playbook: Playbook, { files, failure, at, failureType = 'FAILURE' }: Case): Healed {
  const sources = snapshotOf(files);
  const error = { name: 'Error', message: 'it broke', ...failure.error, ...(at && { stack: stackAt(files, at) }) };
  const payload = failurePayload.parse({ service: 'shop', ...failure, error });
  const diagnosis = playbook.diagnose({ failureType, failure: payload, sources });
  if (!diagnosis) return { diagnosis, after: [], templates: [] };
  const plan = {
    playbook: playbook.name,
    cause: { summary: diagnosis.summary, category: diagnosis.category, evidence: [] },
    patch_spec: { instruction: diagnosis.instruction, files: diagnosis.files, data: diagnosis.data },
  };
  const proposals = playbook.propose(plan, payload, sources);
  const kept = candidatesOf(proposals, sources).map(({ score, template, summary }) => {
    const proposal = proposals.find((p) => Math.min(1, p.score) === score && p.template === template && p.summary === summary);
    const [path, edits] = Object.entries(proposal?.edits ?? {})[0] ?? ['', []];
    return { template, text: applyEdits(files[path] ?? '', edits) };
  });
  return { diagnosis, after: kept.map(({ text }) => text), templates: kept.map(({ template }) => template) };
}

function stackAt(files: Readonly<Record<string, string>>, [path, text]: readonly [string, string]): string {
  const source = files[path] ?? '';
  const offset = source.indexOf(text);
  if (offset < 0) throw new Error(`the case has no ${JSON.stringify(text)} in ${path}`);
  const { line, column } = new SourceFile(path, source).positionAt(offset);
  return `Error\n    at handler (/srv/app/${path}:${line}:${column})`;
}
