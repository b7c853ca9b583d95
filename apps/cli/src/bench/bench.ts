import { cpus } from 'node:os';
import { join } from 'node:path';
import { loadFaults, repositoryRoot } from '@selfheal/stack';
import { Cleanup } from '../cleanup.js';
import { chooseFaults } from '../demo/choose-faults.js';
import { CommandError } from '../errors.js';
import { breakAndHeal, makeGood } from '../heal/break-and-heal.js';
import { type Figures, figuresOf } from '../heal/figures.js';
import { HealFollower } from '../heal/follow.js';
import { warmUp } from '../heal/warm-up.js';
import { interruptible } from '../interrupt.js';
import { printJson, type Screen, screen } from '../output/screen.js';
import { table } from '../output/table.js';
import { claimRunDir } from '../system/run-dir.js';
import { startSystem } from '../system/system.js';
import { percentile } from './percentile.js';

export interface BenchOptions {
  readonly fault?: string;
  readonly heals: number;
  readonly json?: boolean;
  readonly deadline: number;
}

const STAGES = [
  'detect_ms',
  'rca_ms',
  'patch_ms',
  'guardrail_ms',
  'deploy_ms',
  'verify_ms',
  'total_ms',
] as const satisfies (keyof Figures)[];

/** Heals one fault again and again on one running system and tells p50 and p99 of each stage. Writes no file. */
export async function bench(options: BenchOptions): Promise<void> {
  const catalogue = await loadFaults(join(repositoryRoot, 'apps', 'shop', 'faults'));
  const [fault] = chooseFaults(catalogue, options);
  if (!fault) return;
  const out = screen(options);
  const cleanup = new Cleanup();
  try {
    await interruptible(async (signal) => {
      const runDir = await claimRunDir(join(repositoryRoot, '.selfheal'));
      cleanup.add(() => runDir.release());
      out.line(`Healing ${fault.name} ${options.heals} times, models off`);
      const system = await startSystem({ dir: runDir.dir, cleanup, signal, ui: false, onUp: () => undefined });
      const follower = new HealFollower(system.feed);
      await warmUp(system);
      const figures: Figures[] = [];
      for (let n = 1; n <= options.heals; n++) {
        await makeGood(system);
        const trace = await breakAndHeal(system, follower, fault, { deadlineMs: options.deadline * 1000, signal });
        if (trace.status !== 'HEALED') throw new CommandError(`heal ${n} of ${options.heals} ended in ${trace.status}: ${trace.reason}`, 1);
        figures.push(figuresOf(trace));
        if (n % 10 === 0 || n === options.heals) out.line(`  ${n} of ${options.heals}`);
      }
      report(figures, fault.name, options, out);
    });
  } finally {
    await cleanup.run();
  }
}

function report(figures: readonly Figures[], fault: string, { json }: BenchOptions, out: Screen): void {
  const rows = STAGES.map((stage) => {
    const values = figures.map((f) => f[stage]);
    return { stage, p50: percentile(values, 50), p99: percentile(values, 99), max: Math.max(...values) };
  });
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}, Node ${process.versions.node}`;
  out.line();
  const cells = rows.map(({ stage, p50, p99, max }) => [stage.replace('_ms', ''), p50, p99, max]);
  out.lines(table([['stage', 'p50 ms', 'p99 ms', 'max ms'], ...cells]).map((row) => `  ${row}`));
  out.line(`  ${figures.length} heals of ${fault}, engine rules, ${machine}`);
  if (json) printJson({ fault, heals: figures.length, machine, stages: Object.fromEntries(rows.map(({ stage, ...of }) => [stage, of])) });
}
