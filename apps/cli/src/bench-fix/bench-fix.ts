import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cleanup } from '../cleanup.js';
import { usageError } from '../errors.js';
import { usersEnvironment } from '../fix/environment.config.js';
import { Interrupted, interruptible } from '../interrupt.js';
import { printable } from '../output/printable.js';
import { printJson, type Screen, screen } from '../output/screen.js';
import type { BenchCase, CaseResult } from './case.js';
import { Checkouts } from './checkout.js';
import { ENGINES, type Engine } from './engines.js';
import { type FixFigures, figuresOf } from './figures.js';
import { healCase } from './heal-case.js';
import { select } from './select.js';
import { findSuites, readCases, type Suites } from './suites.js';
import { caseLine, figureLines } from './tell.js';

export interface BenchFixFlags {
  readonly suite: string;
  readonly json?: boolean;
  readonly filter?: string;
  /** Seconds a heal. */
  readonly timeout: number;
  readonly jobs: number;
  readonly limit?: number;
  readonly keep?: boolean;
  readonly out?: string;
}

/** All that one engine did. */
interface EngineResult {
  readonly name: string;
  readonly total: FixFigures;
  readonly suites: Readonly<Record<string, FixFigures>>;
  readonly cases: readonly CaseResult[];
}

/**
 * Heals every case of a folder of bugs through `selfheal fix` in a process of its own, and judges the patches. Ends with
 * exit code 0 whatever the figures are. @throws CommandError 2 for a folder or a filter that has no cases
 */
export async function benchFix(flags: BenchFixFlags): Promise<void> {
  const suites = await findSuites(flags.suite);
  const cases = await chosen(suites, flags);
  const out = screen(flags);
  const cleanup = new Cleanup();
  let pending: Promise<unknown> | undefined;
  try {
    await interruptible(async (signal) => {
      const scratch = await realpath(await mkdtemp(join(tmpdir(), 'selfheal-bench-')));
      if (flags.keep) out.line(`work trees stay in ${scratch}`);
      else cleanup.add(() => rm(scratch, { recursive: true, force: true }));
      const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}`;
      out.line(`${cases.length} cases, ${flags.timeout} s each, ${flags.jobs} at once, ${machine}`);
      const note = (text: string) => out.line(printable(text));
      const checkouts = new Checkouts(suites.home, { env: usersEnvironment(), signal, scratch, note });
      const engines: EngineResult[] = [];
      for (const engine of ENGINES) {
        const healing = healAll(cases, engine, { checkouts, flags, scratch, signal, out });
        pending = healing;
        engines.push(figures(engine, await healing, out));
      }
      const result = { suite: suites.names, timeout: flags.timeout, jobs: flags.jobs, machine, engines };
      if (flags.out) await writeFile(flags.out, `${JSON.stringify(result, null, 1)}\n`);
      if (flags.json) printJson({ ...result, engines: engines.map(withoutPatches) });
    });
  } catch (error) {
    // The heals that run are being stopped: each ends its own processes first.
    if (error instanceof Interrupted) await pending?.catch(() => undefined);
    throw error;
  } finally {
    await cleanup.run();
  }
}

async function chosen(suites: Suites, flags: BenchFixFlags): Promise<BenchCase[]> {
  const all = await readCases(suites);
  const keys = new Set(
    select(
      all.map(({ key }) => key),
      flags,
    ),
  );
  if (keys.size > 0) return all.filter(({ key }) => keys.has(key));
  if (all.length === 0) throw usageError(`bench-fix: --suite: there is no case in ${printable(suites.names.join(', '))}`);
  throw usageError(
    `bench-fix: --filter: ${printable(JSON.stringify(flags.filter))} matches none of ${all.length} cases, such as ${all[0]?.key}`,
  );
}

interface Healing {
  readonly checkouts: Checkouts;
  readonly flags: BenchFixFlags;
  readonly scratch: string;
  readonly signal: AbortSignal;
  readonly out: Screen;
}

/** Results in the order of the cases; a line for each as it ends. */
async function healAll(
  cases: readonly BenchCase[],
  engine: Engine,
  { checkouts, flags, scratch, signal, out }: Healing,
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  const queue = cases.entries();
  const worker = async () => {
    for (const [at, one] of queue) {
      const dir = join(scratch, engine.name, one.suite, one.id);
      const result = await healCase(one, dir, checkouts, { engine, timeout: flags.timeout, env: usersEnvironment(), signal });
      results[at] = result;
      out.line(caseLine(result, out));
      if (!flags.keep) await rm(dir, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: flags.jobs }, worker));
  return results;
}

function figures({ name }: Engine, cases: readonly CaseResult[], out: Screen): EngineResult {
  const bySuite = [...Map.groupBy(cases, ({ suite }) => suite)].map(([suite, of]) => [suite, figuresOf(of)] as const);
  for (const [suite, of] of bySuite) out.lines(figureLines(`${suite}, engine ${name}`, of));
  const total = figuresOf(cases);
  if (bySuite.length > 1) out.lines(figureLines(`All, engine ${name}`, total));
  return { name, total, suites: Object.fromEntries(bySuite), cases };
}

const withoutPatches = ({ cases, ...rest }: EngineResult) => ({ ...rest, cases: cases.map(({ patch: _, ...one }) => one) });
