import { describe, expect, it } from '@jest/globals';
import { issuesOf } from './envelope.js';
import { targetConfig } from './target.js';

const MINIMAL = {
  name: 'shop',
  start: { command: ['node', 'src/main.ts'] },
  base_url: 'http://127.0.0.1:3000',
  deploy: { strategy: 'hot-reload', control_url: 'http://127.0.0.1:3001' },
};
const issues = (value: unknown): string[] => {
  const { error } = targetConfig.safeParse(value);
  return error ? issuesOf(error) : [];
};

describe('targetConfig', () => {
  it('needs five facts and is careful by default', () => {
    expect(targetConfig.parse(MINIMAL)).toMatchObject({
      autonomy: 'approve',
      source: { include: ['src/**'] },
      health: { path: '/healthz' },
      replay: { good: [], live_unsafe: 'never' },
      guardrails: { allow: ['src/**'], max_loc: 60, max_files: 3 },
      auto: { max_risk: 0.5, min_confidence: 0.5 },
    });
  });

  it.each(Object.keys(MINIMAL))('names %s when it is missing', (field) => {
    expect(issues({ ...MINIMAL, [field]: undefined })).toEqual([expect.stringMatching(new RegExp(`^${field}: `))]);
  });

  it.each([
    ['guardrail', '(root): Unrecognized key: "guardrail"'],
    ['autonomie', '(root): Unrecognized key: "autonomie"'],
  ])('does not overlook the misspelt key %s: a limit that is not read protects nothing', (key, issue) => {
    expect(issues({ ...MINIMAL, [key]: {} })).toEqual([issue]);
  });

  it('does not overlook a misspelt limit', () => {
    expect(issues({ ...MINIMAL, guardrails: { max_lock: 5 } })).toEqual(['guardrails: Unrecognized key: "max_lock"']);
  });

  it('takes a command as program and arguments, never as a line for a shell', () => {
    expect(issues({ ...MINIMAL, start: { command: 'node src/main.ts' } })).toEqual([expect.stringMatching(/^start\.command: /)]);
    expect(issues({ ...MINIMAL, test: { command: [] } })).toEqual([expect.stringMatching(/^test\.command: /)]);
  });

  it.each<[string, unknown]>([
    ['name', 'shop.>'],
    ['autonomy', 'yolo'],
    ['base_url', ''],
  ])('names %s when it is %j', (field, value) => {
    expect(issues({ ...MINIMAL, [field]: value })).toEqual([expect.stringMatching(new RegExp(`^${field}: `))]);
  });

  it('names the good request that is not a path of the target', () => {
    const good = [{ request: { method: 'GET', path: '/ok' } }, { request: { method: 'GET', path: 'http://elsewhere.example/' } }];
    expect(issues({ ...MINIMAL, replay: { good } })).toEqual([expect.stringMatching(/^replay\.good\.1\.request\.path: /)]);
  });

  it('knows the deploy strategies that exist and no other', () => {
    expect(issues({ ...MINIMAL, deploy: { strategy: 'ftp', control_url: 'x' } })).toEqual([expect.stringMatching(/^deploy\.strategy: /)]);
  });
});
