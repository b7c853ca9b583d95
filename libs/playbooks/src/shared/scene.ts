import type { Evidence, FailurePayload, SourceLocation, SourceSnapshot } from '@selfheal/contracts';
import {
  type FunctionRef,
  findRouteHandler,
  functionName,
  functionRef,
  functionsOf,
  type InAppFrame,
  inAppFrames,
  isFunction,
  type Node,
  type Project,
  projectOf,
  reachableFunctions,
  type SourceFile,
} from '@selfheal/engine';
import { type Mismatch, mismatchesOf } from './expectation.js';

/** A function that may hold the fault. */
export interface Suspect extends FunctionRef {
  /** 0 to 1: 1 is where it happened. */
  readonly weight: number;
}

/** A node with the suspicion of the innermost suspect that holds it. */
export interface Place {
  readonly file: SourceFile;
  readonly node: Node;
  readonly weight: number;
}

/** What every playbook starts from: the failure laid over the sources. */
export interface Scene {
  readonly project: Project;
  readonly sources: SourceSnapshot;
  readonly failureType: string;
  readonly failure: FailurePayload;
  /** In-app frames, innermost first. */
  readonly frames: readonly InAppFrame[];
  readonly handler: FunctionRef | undefined;
  /** Most suspicious first: the frames' functions, then what the route's handler reaches, nearest first. */
  readonly suspects: readonly Suspect[];
  /** Every node in a suspect, each once. */
  readonly places: readonly Place[];
  /** Where the answer differed from what was expected. */
  readonly mismatches: readonly Mismatch[];
}

const scenes = new WeakMap<FailurePayload, Scene>();

/** The scene of a failure; laid out once for all playbooks that look at it. */
export function sceneOf(input: { failureType: string; failure: FailurePayload; sources: SourceSnapshot }): Scene {
  const known = scenes.get(input.failure);
  if (known?.sources === input.sources) return known;
  const scene = layOut(input);
  scenes.set(input.failure, scene);
  return scene;
}

function layOut({ failureType, failure, sources }: { failureType: string; failure: FailurePayload; sources: SourceSnapshot }): Scene {
  const project = projectOf(sources);
  const { frames } = inAppFrames(failure.error.stack ?? '', sources);
  const handler = handlerOf(failure, sources);
  const suspects = new Map<Node, Suspect>();
  const suspect = (ref: FunctionRef, weight: number) => {
    if (!suspects.has(ref.node)) suspects.set(ref.node, { ...ref, weight });
  };
  frames.slice(0, 8).forEach((frame, i) => {
    const file = project.file(frame.file);
    const node = file && nodeAtFrame(file, frame);
    const around = node && [node, ...file.ancestorsOf(node)].filter(isFunction);
    for (const [j, fn] of (around ?? []).entries()) suspect(functionRef(file as SourceFile, fn), 1 - 0.04 * i - 0.02 * j);
  });
  const starts = handler ? [handler] : [...suspects.values()];
  for (const start of starts) for (const ref of reachableFunctions(sources, start)) suspect(ref, Math.max(0.3, 0.9 - 0.08 * ref.depth));
  if (suspects.size === 0)
    for (const file of project.files().slice(0, 200)) for (const ref of functionsOf(file).slice(0, 50)) suspect(ref, 0.2);
  const ordered = [...suspects.values()].sort((a, b) => b.weight - a.weight);
  return {
    project,
    sources,
    failureType,
    failure,
    frames,
    handler,
    suspects: ordered,
    places: placesIn(ordered),
    mismatches: mismatchesOf(failure),
  };
}

function handlerOf(failure: FailurePayload, sources: SourceSnapshot): FunctionRef | undefined {
  const byRoute = failure.route ? findRouteHandler(sources, failure.route) : undefined;
  return byRoute ?? (failure.request ? findRouteHandler(sources, `${failure.request.method} ${failure.request.path}`) : undefined);
}

function placesIn(suspects: readonly Suspect[]): Place[] {
  const seen = new Set<Node>();
  return suspects.flatMap(({ file, node: root, weight }) =>
    file.within(root).flatMap((node) => {
      if (seen.has(node)) return [];
      seen.add(node);
      return [{ file, node, weight }];
    }),
  );
}

/** The node that a frame points at: V8's column is where the failing property or call begins. */
export function nodeAtFrame(file: SourceFile, frame: { line: number; column: number }): Node | undefined {
  const offset = file.offsetAt(frame);
  return offset === undefined ? undefined : file.nodeAt(offset);
}

/** A node's place as an event says it. */
export function locationOf(file: SourceFile, node: Node): SourceLocation {
  const fn = isFunction(node) ? node : file.enclosingFunction(node);
  const name = fn ? functionName(file, fn) : '';
  return { file: file.path, ...file.positionAt(node.start), ...(name && { function: name.slice(0, 256) }) };
}

/** Evidence of the source around a node. */
export const sourceEvidence = (file: SourceFile, node: Node, summary: string): Evidence => {
  const location = locationOf(file, node);
  return { kind: 'source', summary, location, excerpt: file.excerpt(location.line).slice(0, 8000) };
};
