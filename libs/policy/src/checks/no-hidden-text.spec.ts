import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../evaluate.js';
import { patchOf } from '../fixtures/patch-of.js';

const failed = (before: string, after: string) =>
  evaluate(patchOf(before, after))
    .checks.filter((c) => !c.passed)
    .map((c) => c.check);

describe('no_hidden_text', () => {
  it.each([
    ['a bidirectional override', "const a = 'x\u202E'; // y\n"],
    ['a bidirectional isolate', '// \u2066 if (admin)\n'],
    ['a zero-width space', "const a = 'x\u200By';\n"],
    ['a zero-width joiner in a name', 'const ad\u200Dmin = 1;\n'],
    ['a byte order mark inside', 'const a = \uFEFF1;\n'],
    ['a Hangul filler as a name', 'const \u3164 = 1;\n'],
    ['a tag character', "const a = 'x\u{E0041}';\n"],
    ['a line separator that ends a comment', '// harmless\u2028steal();\n'],
    ['a carriage return that ends a comment', '// harmless\rsteal();\n'],
    ['an escape for the terminal', "const a = '\u001B[2K';\n"],
    ['a NUL', "const a = '\u0000';\n"],
    ['a no-break space in code', 'const\u00A0a = 1;\n'],
    ['a Cyrillic letter in a Latin word', "if (role === '\u0430dmin') {}\n"],
  ])('rejects %s', (_, after) => expect(failed('', after)).toContain('no_hidden_text'));

  it.each([
    ['accents', "const a = 'Größe, naïve';\n"],
    ['Japanese', "const a = '返品しました';\n"],
    ['Russian', "const a = 'Возврат принят';\n"],
    ['an emoji', "const a = '🎉';\n"],
    ['tabs', '\tconst a = 1;\n'],
  ])('accepts %s', (_, after) => expect(failed('', after)).toEqual([]));

  it('shows what is hidden as its code point', () => {
    const { checks } = evaluate(patchOf('', 'a\u202E.eval();\n'));
    expect(JSON.stringify(checks)).not.toContain('\u202E');
    expect(checks.find((c) => c.check === 'no_hidden_text')?.reason).toContain('U+202E');
  });
});
