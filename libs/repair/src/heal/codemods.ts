import { relative } from 'node:path';
import type { SourceSnapshot } from '@selfheal/contracts';
import { inAppFrames, isScript, repairSyntax } from '@selfheal/engine';
import { codemodsFor, PLAYBOOKS } from '@selfheal/playbooks';
import type { Recording } from '../command/recording.js';
import { runCommand } from '../command/run-command.js';
import { FIXERS } from '../fixers/index.js';
import type { TestError } from '../oracle/oracle.js';
import type { FixCause } from '../report.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import type { Candidate } from '../search/candidate.js';
import { codemodCandidate, patchCandidate } from '../search/codemod-candidate.js';
import type { Sources } from '../work-tree/sources.js';
import type { Scope } from './scope.js';

export interface CodemodInput {
  readonly recording: Recording;
  readonly failures: readonly TestError[];
  readonly snapshot: SourceSnapshot;
  readonly sources: Sources;
  readonly scope: Scope;
  readonly root: string;
  readonly sandbox: Sandbox;
  /** The user's command. */
  readonly command: readonly string[];
  readonly signal: AbortSignal;
}

export interface Codemods {
  readonly candidates: readonly Candidate[];
  readonly cause?: FixCause | undefined;
  /** The likeliest repair of a file that does not parse: where a second fault is looked for. */
  readonly repaired?: ReadonlyMap<string, string>;
}

/** Different errors that are looked at: tests that fail for one reason print it many times. */
const MAX_ERRORS = 4;
const MAX_PER_ERROR = 25;
const MAX_REPAIRS = 80;
/** Files that are parsed to find the one that does not. */
const MAX_PARSED = 2000;
/** For one run of a tool that a fixer asks for. */
const TOOL_MS = 60_000;

/** Fixes that the failure itself suggests: repair of what does not parse, and the playbooks' codemods. Likeliest first. */
export async function codemodsOf(input: CodemodInput): Promise<Codemods> {
  const syntax = syntaxRepairs(input);
  if (syntax.candidates.length > 0) return syntax;
  const fixed = await fixerFixes(input);
  const found = playbookFixes(input);
  return { candidates: [...fixed.candidates, ...found.candidates], cause: fixed.cause ?? found.cause };
}

/** Fixes that need a tool or the file system: a linter's own, the compiler's, a dependency that is named nowhere. */
async function fixerFixes({ recording, failures, snapshot, scope, sandbox, command, signal }: CodemodInput): Promise<Codemods> {
  const failure = { command, recording, errors: failures };
  const run = async (argv: readonly string[], { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> }) => {
    const { exitCode, output } = await runCommand({ argv, cwd: relative(sandbox.root, cwd), env, sandbox, timeoutMs: TOOL_MS, signal });
    return { exitCode, output };
  };
  const candidates: Candidate[] = [];
  let cause: FixCause | undefined;
  for (const fixer of FIXERS) {
    if (!fixer.applies(failure, snapshot)) continue;
    const context = { failure, root: sandbox.root, snapshot, signal, editable: scope.editable, run };
    for (const { patch, template, summary, weight } of await fixer.propose(context)) {
      const made = patchCandidate({ origin: 'fixer', playbook: fixer.name, template, summary, prior: weight, patch }, snapshot.files);
      if (made) candidates.push(made);
    }
    const [first] = candidates;
    if (first) cause ??= { summary: fixer.title, category: fixer.family, location: { path: first.path, line: first.line } };
  }
  return { candidates, cause };
}

function syntaxRepairs({ failures, snapshot, sources, scope, root, recording }: CodemodInput): Codemods {
  const named = failures.flatMap(({ stack }) => inAppFrames(stack, snapshot, root).frames);
  const loaded = recording.coverage.flatMap(({ files }) => [...files.keys()]);
  const isBroken = (path: string) => isScript(path) && scope.editable(path) && (sources.file(path)?.errors.length ?? 0) > 0;
  const error = failures.find(({ name }) => name === 'SyntaxError') ?? failures[0];
  // A file that does not parse never runs: it is in no coverage, and often in no frame.
  const mentioned = [...snapshot.files.keys()].filter((path) => error?.stack.includes(path) || error?.message.includes(path));
  const others = error?.name === 'SyntaxError' ? [...snapshot.files.keys()].slice(0, MAX_PARSED) : [];
  const path = [...new Set([...named.map(({ file }) => file), ...mentioned, ...loaded, ...others])].find(isBroken);
  const text = path && snapshot.files.get(path);
  if (!path || text === undefined) return { candidates: [] };
  const frame = named.find(({ file }) => file === path);
  const hint = frame && { line: frame.line, column: frame.column, message: error?.message ?? '' };
  const candidates = repairSyntax(path, text, hint ? { hint } : {})
    .slice(0, MAX_REPAIRS)
    .flatMap(({ edits, summary, weight, template }) => {
      const made = codemodCandidate({ origin: 'syntax', template, summary, prior: weight, edits: { [path]: edits } }, snapshot.files);
      return made ?? [];
    });
  const [problem] = sources.file(path)?.errors ?? [];
  const repaired = candidates[0]?.patch;
  return {
    candidates,
    ...(repaired && { repaired }),
    cause: { summary: problem ?? `${path} does not parse`, category: 'syntax', location: { path, line: frame?.line ?? 1 } },
  };
}

function playbookFixes({ failures, snapshot, root, scope }: CodemodInput): Codemods {
  const candidates: Candidate[] = [];
  let cause: FixCause | undefined;
  const distinct = [
    ...new Map(failures.map((error) => [`${error.name}\0${error.message}\0${error.stack.split('\n')[1]}`, error])).values(),
  ];
  for (const error of distinct.slice(0, MAX_ERRORS)) {
    const options = { root, editable: scope.editable, playbooks: NOT_SEARCHED };
    for (const { playbook, proposals, confidence, family, location, cause: summary } of codemodsFor(error, snapshot, options)) {
      for (const proposal of proposals.slice(0, MAX_PER_ERROR)) {
        const prior = confidence * Math.max(0.01, proposal.score);
        const made = codemodCandidate({ ...proposal, origin: 'playbook', playbook, prior }, snapshot.files);
        if (made) candidates.push(made);
      }
      cause ??= { summary, category: family, ...(location && { location: { path: location.file, line: location.line } }) };
    }
  }
  return { candidates: candidates.sort((a, b) => b.prior - a.prior), cause };
}

/** Some playbooks are a small search over mutations themselves: the search here goes further. */
const SEARCHED = new Set(['logic', 'boundary', 'wrong-operator', 'syntax']);
const NOT_SEARCHED = PLAYBOOKS.filter(({ name }) => !SEARCHED.has(name));
