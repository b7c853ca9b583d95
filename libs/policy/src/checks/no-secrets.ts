import { fold } from '../ast/fold.js';
import { isCode, lineAt, sourcesOf } from '../ast/source.js';
import { walk } from '../ast/walk.js';
import { readDiff } from '../diff/read-diff.js';
import type { Check, PatchFile } from '../facts.js';
import { finding } from './finding.js';

/** Credentials by the shape that their issuers document. */
const KEYS: readonly (readonly [string, RegExp])[] = [
  ['AWS access key', /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g],
  ['GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})\b/g],
  ['GitLab token', /\bglpat-[\w-]{20,}/g],
  ['Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g],
  ['Slack webhook', /hooks\.slack\.com\/services\/T\w{6,}\/B\w{6,}\/\w{16,}/g],
  ['Stripe key', /\b(?:sk|rk|whsec)_(?:live_|test_)?[A-Za-z0-9]{16,}\b/g],
  ['Google API key', /\bAIza[\w-]{35}/g],
  ['Google OAuth secret', /\bGOCSPX-[\w-]{20,}/g],
  ['OpenAI or Anthropic key', /\bsk-(?:ant-|proj-)?[\w-]{20,}/g],
  ['npm token', /\bnpm_[A-Za-z0-9]{36}\b/g],
  ['SendGrid key', /\bSG\.[\w-]{16,}\.[\w-]{16,}/g],
  ['JSON Web Token', /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g],
  ['private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----/g],
  ['password in a URL', /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@'"`${}]{1,64}:[^\s/:@'"`${}]{3,128}@/gi],
];

/** A name that means a credential, and the literal given to it. */
const ASSIGNED =
  /(?:secret|token|passw(?:or)?d|passphrase|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?key|credential)[\w-]{0,32}["'\]]{0,2}\s{0,4}[:=]{1,2}>?\s{0,4}(["'`]?)([^\s"'`,;)}]{8,512})\1/gi;
/** Bits a character (Shannon): words are below 3.2, random keys above. */
const MIN_ENTROPY = 3.2;

/** The patch brings in no credential. What the target has already is not the patch's. */
export const noSecrets: Check = {
  name: 'no_secrets',
  group: 'operation-safety',
  needs: 'patch',
  run({ diff, files }) {
    const { sections, problems } = readDiff(diff);
    const before = files.map((file) => file.before ?? '').join('\n');
    const added = sections.flatMap((s) => [
      { where: s.path, text: s.added.map((line) => line.text).join('\n'), path: s.path, lines: s.added },
    ]);
    const found = [
      ...added.flatMap(({ path, lines }) =>
        lines.flatMap(({ line, text }) => secretsIn(text, before).map((what) => `${path}:${line} ${what}`)),
      ),
      ...files.flatMap((file) =>
        assembled(file).flatMap(({ line, text }) =>
          secretsIn(text, before, false).map((what) => `${file.path}:${line} ${what}, put together from pieces`),
        ),
      ),
    ];
    return finding([...problems, ...found], 'no credential in what the patch adds');
  },
};

function secretsIn(text: string, before: string, assignments = true): string[] {
  const found = KEYS.flatMap(([what, pattern]) => [...text.matchAll(pattern)].map(([match]) => ({ what, match })));
  if (assignments) {
    for (const [, quote, value = ''] of text.matchAll(ASSIGNED)) {
      // Without quotes only what no name in code looks like: letters and digits mixed, as in .env and YAML.
      const literal = quote || (/\d/.test(value) && /[a-z]/i.test(value) && !/[.([\]{$]/.test(value));
      if (literal && isRandom(value)) found.push({ what: 'credential-like value', match: value });
    }
  }
  return found.filter(({ match }) => !before.includes(match)).map(({ what, match }) => `${what} (${match.slice(0, 4)}…)`);
}

/** Whether a value looks generated: long for a word, mixed characters, high entropy. Names, paths and placeholders do not. */
function isRandom(value: string): boolean {
  if (/^(?:process\.|\$\{|<|import\.|https?:\/\/[^@]*$)/.test(value) || /^[a-z]+(?:[-_. ][a-z]+)*$/i.test(value)) return false;
  return entropy(value) >= MIN_ENTROPY || (/\d/.test(value) && /[a-z]/i.test(value) && value.length >= 10 && entropy(value) > 2.5);
}

function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const c of text) counts.set(c, (counts.get(c) ?? 0) + 1);
  let bits = 0;
  for (const n of counts.values()) bits -= (n / text.length) * Math.log2(n / text.length);
  return bits;
}

/** Strings that the patched code puts together from literals: `'AKIA' + '…'`. */
function assembled(file: PatchFile): { line: number; text: string }[] {
  const { after } = isCode(file.path) ? sourcesOf(file) : {};
  const found: { line: number; text: string }[] = [];
  if (!after) return found;
  walk(after.program, (node, ancestors) => {
    if (node.type !== 'BinaryExpression' && node.type !== 'CallExpression' && node.type !== 'TemplateLiteral') return;
    if (ancestors.at(-1)?.type === 'BinaryExpression') return;
    const text = fold(node);
    if (text !== undefined) found.push({ line: lineAt(after.text, node.start), text });
  });
  return found;
}
