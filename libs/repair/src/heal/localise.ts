import {
  combine,
  enumerateMutations,
  fromStack,
  functionName,
  inAppFrames,
  isScript,
  type RankedMutation,
  repeatMutation,
  SourceFile,
  type Suspicion,
  suspicionOf,
} from '@selfheal/engine';
import type { Recording } from '../command/recording.js';
import type { Oracle, TestCoverage, TestError } from '../oracle/oracle.js';
import type { Suspect } from '../report.js';
import type { FrontierInput } from '../search/frontier.js';
import type { Sources } from '../work-tree/sources.js';
import { isTest } from '../work-tree/tests.js';
import type { Scope } from './scope.js';

/** More suspicious files than this are not searched: the most suspicious are. */
const MAX_FILES = 40;
/** Mutations that are ranked; the time is up long before. */
const MAX_MUTATIONS = 20_000;
/** Nodes that are mutated: those of the highest suspicion; fewer where a candidate takes long, as the time is up long before. */
const MAX_NODES = { quick: 2500, slow: 700 } as const;
/** A base that takes longer makes a slow search. Milliseconds. */
const SLOW_MS = 150;
const SHOWN_SUSPECTS = 5;

export interface Places {
  readonly files: readonly SourceFile[];
  readonly suspects: readonly Suspect[];
  readonly suspicion: Suspicion;
  /** Why there are no files, for people. */
  readonly why: string;
  readonly mutations: () => Omit<FrontierInput, 'base'>;
}

/** Where the fault may be: what failing tests execute and passing ones do not, and what the stacks name. */
export function localise(input: {
  readonly oracle: Oracle;
  readonly recording: Recording;
  readonly failures: readonly TestError[];
  readonly sources: Sources;
  readonly scope: Scope;
  readonly root: string;
  /** Texts in place of the base's that do not parse: they are searched instead. */
  readonly repaired?: ReadonlyMap<string, string> | undefined;
  readonly trackRecord?: (operator: string) => number;
}): Places {
  const { oracle, recording, failures, scope, root, repaired } = input;
  if (repaired) return localiseRepaired(repaired, input);
  const { sources } = input;
  const coverage = oracle.coverage.length > 0 ? oracle.coverage : recording.coverage;
  const snapshot = { revision: '', files: sources.texts };
  const frames = failures.flatMap(({ stack }) => inAppFrames(stack, snapshot, root).frames);
  const ran = executedFiles(coverage);
  const named = frames.map(({ file }) => file);
  const candidates = [...new Set([...named, ...(ran.length > 0 ? ran : [...sources.texts.keys()])])];
  const files = candidates.filter(scope.script).flatMap((path) => sources.file(path) ?? []);
  const suspicion = combine(suspicionOf(coverage, files), fromStack(frames, files));
  const ranked = mostSuspicious(files, suspicion).slice(0, MAX_FILES);
  const why =
    candidates.length === 0
      ? 'no script of the repository ran'
      : `only ${candidates.slice(0, SHOWN_SUSPECTS).map(saying(scope)).join(', ')} ran`;
  return {
    files: ranked.map(({ file }) => file),
    suspects: ranked.slice(0, SHOWN_SUSPECTS).map(({ suspect }) => suspect),
    suspicion,
    why,
    mutations: () => {
      const chosen = ranked.map(({ file }) => file);
      return mutationsIn(
        chosen,
        mostSuspiciousNodes(chosen, suspicion, oracle.base.ms > SLOW_MS ? MAX_NODES.slow : MAX_NODES.quick),
        sources,
        input.trackRecord,
      );
    },
  };
}

function mutationsIn(
  chosen: readonly SourceFile[],
  suspicion: Suspicion,
  sources: Sources,
  trackRecord: ((operator: string) => number) | undefined,
): Omit<FrontierInput, 'base'> {
  const others = () => othersOf(chosen, sources);
  const singles = enumerateMutations(chosen, suspicion, { others, limit: MAX_MUTATIONS, ...(trackRecord && { trackRecord }) });
  return {
    singles,
    files: new Map(chosen.map((file) => [file.path, file])),
    repeat: (mutation: RankedMutation, file: SourceFile) =>
      repeatMutation(mutation, file).map((repeated) => ({ ...repeated, score: (mutation.score * repeated.weight) / mutation.weight })),
  };
}

/** The suspicion without its long tail: nodes below the first `most` are not searched. */
function mostSuspiciousNodes(files: readonly SourceFile[], suspicion: Suspicion, most: number): Suspicion {
  const values = files.flatMap((file) => file.nodes.map((node) => suspicion(file.path, node)).filter((value) => value > 0));
  const least = values.sort((a, b) => b - a)[most] ?? 0;
  return (path, node) => {
    const value = suspicion(path, node);
    return value >= least ? value : 0;
  };
}

/** A file that did not parse never ran: all of its repaired text is equally suspicious. */
function localiseRepaired(
  repaired: ReadonlyMap<string, string>,
  { sources, trackRecord }: { readonly sources: Sources; readonly trackRecord?: ((operator: string) => number) | undefined },
): Places {
  const files = [...repaired].map(([path, text]) => new SourceFile(path, text));
  const uniform = () => 0.5;
  return {
    files,
    suspicion: uniform,
    suspects: mostSuspicious(files, uniform).map(({ suspect }) => suspect),
    why: '',
    mutations: () => mutationsIn(files, uniform, sources, trackRecord),
  };
}

const saying =
  ({ whyNot }: Scope) =>
  (path: string): string => {
    const why = whyNot(path);
    return why === undefined ? path : `${path} (${why})`;
  };

const executedFiles = (coverage: readonly TestCoverage[]): string[] => [
  ...new Set(coverage.flatMap(({ failed, files }) => (failed ? [...files.keys()] : []))),
];

/** Files by their most suspicious statement, with the place to show. */
function mostSuspicious(files: readonly SourceFile[], suspicion: Suspicion): { file: SourceFile; suspect: Suspect }[] {
  const found = files.map((file) => {
    let [best, most] = [file.nodes[0], 0];
    for (const node of file.nodes) {
      if (!/Statement$|Declaration$/.test(node.type) || node.type === 'BlockStatement') continue;
      const value = suspicion(file.path, node);
      if (value > most) [best, most] = [node, value];
    }
    const fn = best && file.enclosingFunction(best);
    const name = fn && functionName(file, fn);
    const { line } = file.positionAt(best?.start ?? 0);
    return { file, suspect: { path: file.path, line, ...(name && { function: name }), suspicion: Math.round(most * 100) / 100 } };
  });
  return found.filter(({ suspect }) => suspect.suspicion > 0).sort((a, b) => b.suspect.suspicion - a.suspect.suspicion);
}

/** Other sources to take ingredients from, never tests: what a test says is not what the code should copy. */
const othersOf = (chosen: readonly SourceFile[], sources: Sources): SourceFile[] =>
  [...sources.texts]
    .filter(
      ([path, text]) =>
        isScript(path) && !isTest({ path, text }, true) && text.length < 600_000 && !chosen.some((file) => file.path === path),
    )
    .slice(0, 300)
    .flatMap(([path]) => sources.file(path) ?? []);
