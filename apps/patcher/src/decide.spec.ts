import { expect, describe as group, it } from '@jest/globals';
import { failurePayload } from '@selfheal/contracts';
import type { PlanDraft } from '@selfheal/models';
import { decide, describe } from './decide.js';

const SOURCE = "app.get('/users/:id', (req) => ({ city: req.user.home.city }));\n";
const sources = { revision: '0'.repeat(40), files: new Map([['src/users.ts', SOURCE]]) };
const failure = failurePayload.parse({
  service: 'shop',
  error: {
    name: 'TypeError',
    message: "Cannot read properties of null (reading 'city')",
    stack: `TypeError\n    at f (src/users.ts:1:${SOURCE.indexOf('city }') + 1})`,
  },
});
const plan: PlanDraft = {
  engine: 'rules',
  playbook: 'null-access',
  cause: { summary: 's', category: 'runtime', evidence: [] },
  patch_spec: { instruction: 'i', files: ['src/users.ts'], data: {} },
  risk_score: 0.1,
  confidence: 0.9,
};

group('decide', () => {
  it('gives candidates, best first, each once', () => {
    const candidates = decide({ plan, failure, sources, rejected: new Set() });
    expect(candidates[0]?.diff).toContain("+app.get('/users/:id', (req) => ({ city: req.user.home?.city ?? null }));");
    expect(new Set(candidates.map(({ digest }) => digest)).size).toBe(candidates.length);
    expect([...candidates].sort((a, b) => b.score - a.score)).toEqual(candidates);
  });

  it('skips what was rejected, and has nothing for a playbook that is not there', () => {
    const [first, second] = decide({ plan, failure, sources, rejected: new Set() });
    expect(decide({ plan, failure, sources, rejected: new Set([first?.digest ?? '']) })[0]).toEqual(second);
    expect(decide({ plan: { ...plan, playbook: 'gone' }, failure, sources, rejected: new Set() })).toEqual([]);
  });

  it('describes a candidate in one line', () => {
    const [first] = decide({ plan, failure, sources, rejected: new Set() });
    expect(first && describe(first, 0)).toBe(
      '1. read req.user.home with ?. and default to null (src/users.ts, 2 lines, null-access/optional-default)',
    );
  });
});
