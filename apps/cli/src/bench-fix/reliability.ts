/** A stated confidence and whether the patch was right. */
export interface Judged {
  readonly confidence: number;
  readonly correct: boolean;
}

/** Confidences from `from` to below `to` (the last bin has 1 too). `mean` and `correct` are `null` in an empty bin. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean stated confidence. */
  readonly mean: number | null;
  /** Share that was right. */
  readonly correct: number | null;
}

export interface Reliability {
  readonly bins: readonly Bin[];
  /** Expected calibration error: the mean gap between confidence and share correct, weighted by count (Naeini et al., 2015). */
  readonly ece: number | null;
  /** Mean squared error of the confidence (Brier, 1950). */
  readonly brier: number | null;
}

/** The reliability diagram of confidences in tenths. Pure. */
export function reliabilityOf(judged: readonly Judged[]): Reliability {
  const bins = Array.from({ length: 10 }, (_, i): Bin => {
    const of = judged.filter(({ confidence }) => binOf(confidence) === i);
    return {
      from: i / 10,
      to: (i + 1) / 10,
      count: of.length,
      mean: mean(of.map(({ confidence }) => confidence)),
      correct: mean(of.map(({ correct }) => Number(correct))),
    };
  });
  const gaps = bins.map(({ count, mean: stated, correct }) => count * Math.abs((stated ?? 0) - (correct ?? 0)));
  return {
    bins,
    ece: judged.length > 0 ? gaps.reduce((a, b) => a + b, 0) / judged.length : null,
    brier: mean(judged.map(({ confidence, correct }) => (confidence - Number(correct)) ** 2)),
  };
}

const binOf = (confidence: number): number => Math.min(9, Math.max(0, Math.floor(confidence * 10 + 1e-9)));
const mean = (values: readonly number[]): number | null => (values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : null);

const WIDTH = 30;

/** As text: a bar for the share correct, `|` where it should end. */
export function diagram({ bins, ece, brier }: Reliability): string[] {
  const rows = bins.flatMap(({ from, to, count, mean: stated, correct }) => {
    if (stated === null || correct === null) return [];
    const bar = [...'#'.repeat(Math.round(correct * WIDTH)).padEnd(WIDTH + 1)];
    bar[Math.round(stated * WIDTH)] = '|';
    return [`${from.toFixed(1)}–${to.toFixed(1)}  ${bar.join('')}  says ${percent(stated)}, is ${percent(correct)}  (${count})`];
  });
  if (ece === null || brier === null) return ['no patch, so no confidence to judge'];
  return [...rows, `expected calibration error ${ece.toFixed(3)}, Brier score ${brier.toFixed(3)}`];
}

/** A share as whole per cent, five wide. */
export const percent = (share: number): string => `${String(Math.round(share * 100)).padStart(3)} %`;
