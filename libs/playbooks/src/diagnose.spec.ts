import { describe, expect, it } from '@jest/globals';
import { failurePayload } from '@selfheal/contracts';
import fc from 'fast-check';
import { candidatesOf, diagnoseFailure, ownFailure, PLAYBOOKS, proposeFixes } from './index.js';
import { snapshotOf } from './shared/case.js';

const sources = snapshotOf({ 'src/a.ts': "app.get('/a', (req) => ({ city: req.user.home.city, n: req.count + 1 }));\n" });
const failure = failurePayload.parse({
  service: 'shop',
  route: 'GET /a',
  error: {
    name: 'TypeError',
    message: "Cannot read properties of undefined (reading 'city')",
    stack: 'TypeError\n    at f (/srv/shop/src/a.ts:1:47)\n    at g (/etc/../x.ts:1:1)',
  },
});

describe('diagnoseFailure', () => {
  it('asks every playbook, ranks those that explain it and says why the others do not', () => {
    const { diagnoses, rejected } = diagnoseFailure({ failureType: 'FAILURE', failure, sources });
    expect(diagnoses[0]?.playbook).toBe('null-access');
    expect(diagnoses.length + rejected.length).toBe(PLAYBOOKS.length);
    expect(new Set(PLAYBOOKS.map(({ name }) => name)).size).toBe(PLAYBOOKS.length);
  });

  it('survives a playbook that breaks', () => {
    const broken = {
      ...(PLAYBOOKS[0] as (typeof PLAYBOOKS)[number]),
      name: 'broken',
      diagnose: () => {
        throw new Error('boom');
      },
    };
    const { diagnoses, rejected } = diagnoseFailure({ failureType: 'FAILURE', failure, sources }, [broken, ...PLAYBOOKS]);
    expect(rejected).toContainEqual({ playbook: 'broken', reason: 'it broke: boom' });
    expect(diagnoses[0]?.playbook).toBe('null-access');
  });

  it('proposes the same again, and none that was rejected', () => {
    const plan = {
      playbook: 'null-access',
      cause: { summary: '', category: 'runtime' as const, evidence: [] },
      patch_spec: { instruction: '', files: [], data: {} },
    };
    const all = candidatesOf(proposeFixes(plan, failure, sources), sources);
    const [first] = all;
    expect(candidatesOf(proposeFixes(plan, structuredClone(failure), sources), sources)).toEqual(all);
    expect(candidatesOf(proposeFixes(plan, failure, sources), sources, new Set([first?.digest ?? '']))).toEqual(all.slice(1));
    expect(proposeFixes({ ...plan, playbook: 'none' }, failure, sources)).toEqual([]);
  });

  it('never breaks, whatever the failure says, on sources that do not parse', () => {
    const broken = snapshotOf({
      'src/a.ts': '<<<<<<< HEAD\nconst a = ;\n',
      'src/b.ts': 'export const b = (',
      'src/c.ts': 'app.get("/a", () => x.y);',
    });
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (name, message, stack) => {
        const hostile = { ...failure, error: { name: name || 'Error', message, stack: `Error\n    at ${stack} (/srv/src/c.ts:1:22)` } };
        const { rejected } = diagnoseFailure({ failureType: 'FAILURE', failure: hostile, sources: broken });
        expect(rejected.filter(({ reason }) => reason.startsWith('it broke'))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('ownFailure', () => {
  it('keeps the target’s frames and names those it drops', () => {
    const { failure: own, ignored } = ownFailure(failure, sources, '/srv/shop');
    expect(own.error.stack).toBe('TypeError\n    at f (src/a.ts:1:47)');
    expect(ignored).toEqual([{ file: '/etc/../x.ts', reason: 'the path has ".."' }]);
  });
});
