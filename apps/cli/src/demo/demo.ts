import { join } from 'node:path';
import type { HealingTrace } from '@selfheal/contracts';
import { type Fault, loadFaults, repositoryRoot } from '@selfheal/stack';
import { Cleanup } from '../cleanup.js';
import { CommandError } from '../errors.js';
import { breakAndHeal, makeGood } from '../heal/break-and-heal.js';
import { summaryOf } from '../heal/figures.js';
import { HealFollower, HealTimedOut } from '../heal/follow.js';
import { warmUp } from '../heal/warm-up.js';
import { interruptible } from '../interrupt.js';
import { printJson, type Screen, screen } from '../output/screen.js';
import { claimRunDir } from '../system/run-dir.js';
import { type System, startSystem } from '../system/system.js';
import { catalogueLines, chooseFaults } from './choose-faults.js';
import { startControlServer } from './control-server.js';
import { OnDemand } from './on-demand.js';
import { allLines, narrator, summaryLines, upLine } from './story.js';

export interface DemoOptions {
  readonly fault?: string;
  readonly all?: boolean;
  readonly keep?: boolean;
  readonly json?: boolean;
  readonly list?: boolean;
  /** How long one heal may take, in seconds. */
  readonly deadline: number;
  readonly ui: boolean;
}

interface Heal {
  readonly fault: Fault;
  readonly trace?: HealingTrace;
  readonly error?: string;
}

/** Starts the whole system, breaks the shop, shows the heal, stops everything. @throws CommandError when a heal fails */
export async function demo(options: DemoOptions): Promise<void> {
  const catalogue = await loadFaults(join(repositoryRoot, 'apps', 'shop', 'faults'));
  const out = screen(options);
  if (options.list) return list(catalogue, options, out);
  const faults = chooseFaults(catalogue, options);
  const cleanup = new Cleanup();
  try {
    await interruptible((signal) => run(options, out, catalogue, faults, cleanup, signal));
  } finally {
    await cleanup.run();
  }
}

function list(catalogue: readonly Fault[], { json }: DemoOptions, out: Screen): void {
  if (json) printJson(catalogue.map(({ patch: _, ...fault }) => fault));
  else out.lines(catalogueLines(catalogue));
}

async function run(
  options: DemoOptions,
  out: Screen,
  catalogue: readonly Fault[],
  faults: readonly Fault[],
  cleanup: Cleanup,
  signal: AbortSignal,
): Promise<void> {
  const runDir = await claimRunDir(join(repositoryRoot, '.selfheal'));
  cleanup.add(() => runDir.release());
  const started = performance.now();
  const onDemand = new OnDemand();
  const control = await startControlServer(catalogue, (fault) => onDemand.break(fault));
  cleanup.add(() => control.close());
  out.line(out.colours.bold('Starting selfheal: broker, database, eight services, the shop and the UI'));
  const onUp = (part: string, ms: number, detail: string) => out.line(upLine(out, part, ms, detail));
  const system = await startSystem({ dir: runDir.dir, cleanup, signal, ui: options.ui, demoUrl: control.url, onUp });
  out.line(`  ready in ${((performance.now() - started) / 1000).toFixed(1)} s; logs are in ${join(runDir.dir, 'logs')}`);

  const follower = new HealFollower(system.feed);
  await warmUp(system);
  const heals: Heal[] = [];
  for (const fault of faults) heals.push(await healOne(system, follower, fault, options, out, signal));
  conclude(heals, options, out, system);
  if (options.keep) {
    onDemand.allow(system, follower);
    const addresses = { ui: system.uiUrl ?? '-', gateway: system.gatewayUrl, shop: system.shop.at.url };
    out.lines(['', 'Running until Ctrl-C', ...Object.entries(addresses).map(([name, url]) => `  ${name.padEnd(8)} ${url}`)]);
    await system.crashed;
  }
  const failed = heals.filter(({ trace }) => trace?.status !== 'HEALED');
  if (failed.length > 0) {
    throw new CommandError(failed.map((heal) => `${heal.fault.name} was not healed: ${heal.trace?.reason ?? heal.error}`).join('\n'), 1);
  }
}

async function healOne(
  system: System,
  follower: HealFollower,
  fault: Fault,
  { deadline }: DemoOptions,
  out: Screen,
  signal: AbortSignal,
): Promise<Heal> {
  await makeGood(system);
  try {
    const trace = await breakAndHeal(system, follower, fault, { listener: narrator(out, fault), deadlineMs: deadline * 1000, signal });
    out.lines(summaryLines(out, trace));
    return { fault, trace };
  } catch (error) {
    if (!(error instanceof HealTimedOut)) throw error;
    out.line(error.message);
    return { fault, error: error.message };
  }
}

function conclude(heals: readonly Heal[], { all, json }: DemoOptions, out: Screen, system: System): void {
  if (all) out.lines(['', ...allLines(heals)]);
  if (system.uiUrl) out.line(`\n  UI ${system.uiUrl}`);
  if (!json) return;
  const summaries = heals.map(({ fault, trace, error }) =>
    trace ? summaryOf(trace) : { status: 'FAILED', fault: fault.name, reason: error },
  );
  const healed = heals.every(({ trace }) => trace?.status === 'HEALED');
  printJson(
    all ? { status: healed ? 'HEALED' : 'FAILED', heals: summaries.map((s, i) => ({ fault: heals[i]?.fault.name, ...s })) } : summaries[0],
  );
}
