import type { Oracle } from '../oracle/oracle.js';
import type { FixProgress } from '../report.js';
import type { Candidate } from './candidate.js';
import { Frontier, type FrontierInput } from './frontier.js';
import { type Ledger, newLedger, type Tried, tryAll } from './try-all.js';
import { mendedBy } from './verdict.js';

/** After the first plausible candidate the search looks on for others, to know whether it is alone: at least so long. Milliseconds. */
const LOOK_ON_MS = 2500;
/** And at least by this share of the time that the first took. */
const LOOK_ON_SHARE = 0.5;
/** A run shorter than this is run to its end even when a test failed: what else it mends tells where to go on. Milliseconds. */
const SHORT_RUN_MS = 150;
/** Enough candidates that pass: more would not tell more. */
const MAX_PLAUSIBLE = 60;
/** A codemod with this prior names the cause; one below it (a guard where something is null) may only hide it. */
const SURE = 0.6;
/** Of a slow suite's codemods only so many are tried before the search. */
const SLOW_CODEMODS = 10;
const PROGRESS_MS = 200;

export interface Exploring {
  readonly oracle: Oracle;
  /** From what is known of the failure: learned fixes, syntax repair, playbooks, fixers. Few. */
  readonly codemods: readonly Candidate[];
  /** The search over mutations; asked for when the codemods are used up. */
  readonly mutations: () => Omit<FrontierInput, 'base'>;
  /** Aborts when the time for searching is up. */
  readonly signal: AbortSignal;
  readonly onProgress: (event: FixProgress) => void;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/** Tries codemods, then mutations best first, until enough is known or the time is up. */
export async function explore({ oracle, codemods, mutations, signal, onProgress, now }: Exploring): Promise<Ledger> {
  const ledger = newLedger();
  const started = now();
  let first: number | undefined;
  let told = 0;
  const enough = () => {
    if (ledger.plausible.length >= MAX_PLAUSIBLE) return true;
    if (first === undefined) return false;
    return now() - first > Math.max(LOOK_ON_MS, (first - started) * LOOK_ON_SHARE);
  };
  const onTried = (tried: Tried, planned?: number) => {
    const { candidate, verdict } = tried;
    if (verdict === 'plausible') {
      first ??= now();
      onProgress({ stage: 'plausible', summary: candidate.summary, path: candidate.path, line: candidate.line });
    }
    if (now() - told < PROGRESS_MS) return;
    told = now();
    onProgress({
      stage: 'searching',
      tried: ledger.tried,
      ...(planned !== undefined && { planned }),
      plausible: ledger.plausible.length,
      operator: candidate.template,
      elapsedMs: now() - started,
    });
  };
  const stopAtFirstFailure = oracle.base.ms > SHORT_RUN_MS;
  const likeliest = stopAtFirstFailure ? codemods.slice(0, SLOW_CODEMODS) : codemods;
  await tryAll(likeliest, { oracle, ledger, signal, stopAtFirstFailure, enough: () => false, onTried });
  // A candidate that names the failure's own cause and passes is not bettered by a blind change that passes too.
  if (signal.aborted || ledger.plausible.some(({ candidate }) => isSure(candidate))) return ledger;
  const input = { ...mutations(), base: oracle.base };
  const frontier = new Frontier(input);
  const mended = new Map<string, number>();
  await tryAll(frontier, {
    oracle,
    ledger,
    signal,
    stopAtFirstFailure,
    enough,
    onTried: (tried) => {
      onTried(tried, input.singles.length);
      const seed = tried.candidate.mutations?.slice(0, -1).map(nameOf).join('|') ?? '';
      frontier.learn(tried, mended.get(seed) ?? 0);
      if (tried.verdict === 'better') mended.set(tried.candidate.mutations?.map(nameOf).join('|') ?? '', mendedBy(oracle.base, tried.run));
    },
  });
  return ledger;
}

const nameOf = ({ path, edits }: { path: string; edits: readonly { start: number; end: number; text: string }[] }): string =>
  `${path}:${edits.map(({ start, end, text }) => `${start}-${end}=${text}`).join()}`;

const isSure = ({ origin, prior }: Candidate): boolean => origin === 'syntax' || origin === 'fixer' || prior >= SURE;
