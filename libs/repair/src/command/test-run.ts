import { basename, isAbsolute, relative, resolve } from 'node:path';
import type { TestError, TestResult, TestRun } from '../oracle/oracle.js';
import { parseOutput } from './parse/parse-output.js';
import type { ProcessRecord } from './process-records.js';
import { placeIn } from './stack-place.js';
import { numberIds, testId } from './test-id.js';

export interface RunFacts {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly ms: number;
  readonly output: string;
  readonly processes: readonly ProcessRecord[];
  readonly failing?: ProcessRecord;
  /** What paths in stacks and ids are relative to. */
  readonly root: string;
}

/** What a run of the command says, from the best witness that there is: the runner's tests, an uncaught error, the output. */
export function testRunOf(facts: RunFacts): TestRun {
  const { exitCode, timedOut, ms } = facts;
  const told = testsTold(facts);
  if (timedOut) return { outcome: 'timeout', tests: told, ms };
  if (exitCode === 0) return { outcome: 'passed', tests: told, ms };
  if (told.some(({ state }) => state === 'failed')) {
    return { outcome: 'failed', tests: told, ...(facts.failing?.error && { error: facts.failing.error }), ms };
  }
  const printed = parseOutput(facts.output);
  const error = bestError(facts, printed);
  const diagnostics = facts.failing?.error === undefined ? printed.filter(({ name }) => /^(TypeScript|Lint)Error$/.test(name)) : [];
  const found = diagnostics.length > 0 ? diagnostics.map((one) => ofDiagnostic(one, facts.root)) : ofScript(error, facts);
  const tests = [...told, ...numberIds(found)];
  return { outcome: found.length > 0 ? 'failed' : 'crashed', tests, ...(error && { error }), ms };
}

/** The tests of the failing process; where that is not known or none are told of, of all (workers repeat what their parent tells). */
function testsTold({ processes, failing, root }: RunFacts): TestResult[] {
  const from = failing !== undefined && failing.tests.length > 0 ? [failing] : processes;
  const all = new Map<string, TestResult>();
  for (const one of from) {
    const numbered = numberIds(one.tests.map(({ file, title, ...rest }) => ({ id: testId(root, file, title), ...rest })));
    for (const test of numbered) if (!all.has(test.id)) all.set(test.id, test);
  }
  return [...all.values()];
}

function bestError({ failing, processes, exitCode }: RunFacts, printed: readonly TestError[]): TestError | undefined {
  const uncaught = failing?.error ?? processes.findLast((one) => one.error !== undefined && one.exitCode === exitCode)?.error;
  if (uncaught?.name !== 'SyntaxError' || /^\S[^\n]*:\d+\n/.test(uncaught.stack)) return uncaught ?? printed[0];
  // The stack of an ES module's syntax error does not say where it is; what Node prints does.
  return printed.find(({ name, message }) => name === 'SyntaxError' && message === uncaught.message) ?? uncaught;
}

/** A plain script that ended with an error: a failed test named by the line of the script that it came through. */
function ofScript(error: TestError | undefined, { failing, root }: RunFacts): TestResult[] {
  if (error === undefined || failing === undefined || error.name === 'SyntaxError') return [];
  const script = failing.script;
  const place = placeIn(error.stack, (path) => path === script) ?? placeIn(error.stack, (path) => isOwn(root, path));
  return place === undefined ? [] : [{ id: `${shown(root, place.path)}:${place.line}`, state: 'failed', error }];
}

function ofDiagnostic(error: TestError, root: string): TestResult {
  const place = placeIn(error.stack, () => true);
  const file = place === undefined ? '' : shown(root, resolve(root, place.path));
  const code = /^TS\d+|\(([^()]+)\)$/.exec(error.message);
  return { id: `${file}:${place?.line}:${place?.column} ${code?.[1] ?? code?.[0] ?? ''}`.trim(), state: 'failed', error };
}

function isOwn(root: string, path: string): boolean {
  return isAbsolute(path) && !relative(root, path).startsWith('..') && !path.includes('/node_modules/');
}

function shown(root: string, path: string): string {
  return isOwn(root, path) ? relative(root, path) : basename(path);
}
