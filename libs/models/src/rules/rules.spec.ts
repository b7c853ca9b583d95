import { describe, expect, it } from '@jest/globals';
import type { DiagnoseRequest } from '../diagnose.port.js';
import { rulesApplier, rulesDiagnoser } from './index.js';

const request: DiagnoseRequest = {
  failureType: 'FAILURE',
  failure: { service: 'shop', error: { name: 'Error', message: 'x' }, recorded: [] },
  sources: { revision: '0'.repeat(40), files: new Map() },
  attempt: 1,
  rejected: new Set(),
};

describe('the rules provider', () => {
  it('answers with what the decision says', async () => {
    const declined = { code: 'no-playbook', reason: 'nothing fits', tried: ['a'] };
    await expect(
      rulesDiagnoser(({ attempt }) => ({ declined: { ...declined, reason: `attempt ${attempt}` } })).diagnose(request),
    ).resolves.toEqual({
      declined: { ...declined, reason: 'attempt 1' },
    });
  });

  it('does no work once it is aborted', async () => {
    const never = (): never => {
      throw new Error('asked after the abort');
    };
    const aborted = AbortSignal.abort(new Error('stopping'));
    await expect(rulesDiagnoser(never).diagnose(request, aborted)).rejects.toThrow('stopping');
    await expect(rulesApplier(never).apply({ ...request, plan: {} as never }, aborted)).rejects.toThrow('stopping');
  });
});
