import type { TestError } from '../oracle/oracle.js';
import type { Recording } from './recording.js';

/** What came of running the command some times: only of `fails` something can be healed with proof. */
export type Reproduction =
  | {
      readonly kind: 'fails';
      /** Of the first run, with its coverage. */
      readonly recording: Recording;
      /** Never empty: where nothing said why, an error that names the exit code. */
      readonly failures: readonly TestError[];
      /** Of the runs, wall time. */
      readonly medianMs: number;
      /** Every run fails, and some test in each of them; others fail only now and then. */
      readonly unstable: boolean;
    }
  | { readonly kind: 'passes'; readonly recording: Recording; readonly medianMs: number }
  /** `outcomes`: what each run said, for people. */
  | { readonly kind: 'flaky'; readonly outcomes: readonly string[] }
  | { readonly kind: 'never-ends'; readonly afterMs: number; readonly recording: Recording }
  | { readonly kind: 'cannot-start'; readonly reason: string }
  | { readonly kind: 'killed'; readonly signal: string; readonly recording: Recording }
  | { readonly kind: 'needs-network'; readonly host: string; readonly recording: Recording };
