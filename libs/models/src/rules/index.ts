/** The provider that is always there: the deterministic engine, behind the same ports as a model. */
import type { Candidate } from '@selfheal/contracts';
import type { ApplyPort, ApplyRequest } from '../apply.port.js';
import type { DiagnoseAnswer, DiagnosePort, DiagnoseRequest } from '../diagnose.port.js';

/** The engine's name in events. */
export const RULES = 'rules';

/** Pattern analysis as a {@link DiagnosePort}. `decide` is pure; the playbooks are above this library, so it comes in. */
export const rulesDiagnoser = (decide: (request: DiagnoseRequest) => DiagnoseAnswer): DiagnosePort => ({
  name: RULES,
  diagnose: async (request, signal) => {
    signal?.throwIfAborted();
    return decide(request);
  },
});

/** Codemods as an {@link ApplyPort}. */
export const rulesApplier = (propose: (request: ApplyRequest) => readonly Candidate[]): ApplyPort => ({
  name: RULES,
  apply: async (request, signal) => {
    signal?.throwIfAborted();
    return propose(request);
  },
});
