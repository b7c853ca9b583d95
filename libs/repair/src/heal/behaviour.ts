import { docExamples } from '@selfheal/engine';
import type { Recording } from '../command/recording.js';
import { type Behaviour, probe } from '../probe/probe.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import type { Tried } from '../search/try-all.js';
import type { Sources } from '../work-tree/sources.js';

/** The candidates' answers to other inputs, where the failing process is a plain script and there is a choice to make. */
export async function behaviourOf(input: {
  readonly plausible: readonly Tried[];
  readonly recording: Recording;
  readonly sandbox: Sandbox;
  readonly sources: Sources;
  readonly signal: AbortSignal;
}): Promise<Behaviour | undefined> {
  const { plausible, recording, sandbox, sources, signal } = input;
  const { failing } = recording;
  if (!failing?.script.startsWith(sandbox.root) || plausible.length === 0) return undefined;
  const subjects = [...new Set(plausible.flatMap(({ candidate }) => [...candidate.patch.keys()]))];
  const examples = subjects.flatMap((path) => {
    const file = sources.file(path);
    return file ? docExamples(file).map((example) => ({ ...example, path })) : [];
  });
  const candidates = plausible.map(({ candidate }) => candidate.patch);
  return probe({ process: failing, root: sandbox.root, subjects, candidates, examples, signal });
}
