import { describe, expect, it } from '@jest/globals';
import { parseTarget } from './parse-target.js';
import { TargetError } from './targets.config.js';

const MINIMAL = `name: shop
start:
  command: [node, src/server.ts]
base_url: http://127.0.0.1:3000
deploy:
  strategy: hot-reload
  control_url: http://127.0.0.1:4000
`;

/** What it complains of, one line each. */
function complaints(yaml: string): string[] {
  try {
    parseTarget(yaml, 'target.yaml');
  } catch (error) {
    if (error instanceof TargetError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('parseTarget', () => {
  it('reads a target and fills in what it leaves out', () => {
    expect(parseTarget(MINIMAL)).toMatchObject({
      name: 'shop',
      autonomy: 'approve',
      source: { include: ['src/**'] },
      guardrails: { max_loc: 60 },
    });
  });

  it('names line and field of every error, all at once', () => {
    const yaml = `${MINIMAL.replace('name: shop', 'name: "two words"').replace('hot-reload', 'ftp')}guardrails:\n  max_loc: 0\n  max_files: many\n`;
    expect(complaints(yaml)).toEqual([
      expect.stringMatching(/^target\.yaml:1: name: letters, digits/),
      expect.stringMatching(/^target\.yaml:6: deploy\.strategy: /),
      expect.stringMatching(/^target\.yaml:9: guardrails\.max_loc: /),
      expect.stringMatching(/^target\.yaml:10: guardrails\.max_files: /),
    ]);
  });

  it('names the line of the parent when a field is missing', () => {
    expect(complaints(MINIMAL.replace(/ {2}control_url.*\n/, ''))).toEqual([
      expect.stringMatching(/^target\.yaml:6: deploy\.control_url: /),
    ]);
  });

  it('names each unknown key with the line it is on', () => {
    const yaml = `${MINIMAL}guardrails:\n  max_files: 2\n  max_lock: 5\nautonomie: auto\n`;
    expect(complaints(yaml).sort()).toEqual(['target.yaml:10: guardrails.max_lock: unknown key', 'target.yaml:11: autonomie: unknown key']);
  });

  it.each([
    ['an empty file', '', /^target\.yaml:1: \(document\): /],
    ['a list', '- a\n- b\n', /^target\.yaml:1: \(document\): /],
    ['text', 'just text', /^target\.yaml:1: \(document\): /],
    ['what is not YAML', `${MINIMAL}types: [node\n`, /^target\.yaml:\d+: /],
    ['a key twice', `${MINIMAL}name: other\n`, /^target\.yaml:8: .*unique/],
    ['two documents', `${MINIMAL}---\nname: other\n`, /^target\.yaml:\d+: /],
    ['an alias of nothing', `${MINIMAL}autonomy: *nothing\n`, /^target\.yaml:8: .*alias/i],
    ['an alias', `${MINIMAL.replace('shop', '&n shop')}autonomy: *n\n`, /^target\.yaml:8: .*alias/i],
    ['lists in lists without end', `name: ${'['.repeat(50_000)}`, /^target\.yaml:\d+: /],
  ])('refuses %s as an error of its own kind', (_, yaml, message) => {
    expect(complaints(yaml)[0]).toMatch(message);
  });

  it('does not expand a billion laughs', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(', ')}]`);
    const started = performance.now();
    expect(complaints(`l0: &l0 lol\n${levels.join('\n')}\n`)[0]).toMatch(/^target\.yaml:2: .*alias/i);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
