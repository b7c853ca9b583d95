import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { repeatedCall } from './index.js';

const slow = { route: 'GET /a', duration_ms: 900, objective_ms: 300 };
const HELPERS = `
function parseRules(text) {
  return text.split('\\n').map((line) => line.trim());
}
const PRICES = { a: 1 };
function priceOf(sku) {
  let sum = 0;
  for (let i = 0; i < 1e6; i++) sum += i % (PRICES[sku] ?? 1);
  return sum;
}
let calls = 0;
const stamp = (x) => (calls++, x + Date.now());
async function loadRates(day) {
  return (await fetch('/rates')).json();
}
async function saveRate(rate) {}
`;
const wrap = (body: string) => `${HELPERS}app.get('/a', async () => {\n  ${body}\n});\n`;
const run = (body: string) => heal(repeatedCall, { files: { 'a.js': wrap(body) }, failure: slow });

describe('repeated-call', () => {
  it.each([
    [
      'an expression compiled for every item',
      'return paths.filter((path) => new RegExp(pattern).test(path));',
      'const regExpResult = new RegExp(pattern);\n  return paths.filter((path) => regExpResult.test(path));',
    ],
    [
      'a pure function of what does not change',
      'const out = [];\n  for (const x of xs) {\n    out.push(parseRules(text).includes(x));\n  }\n  return out;',
      'const out = [];\n  const rules = parseRules(text);\n  for (const x of xs) {\n    out.push(rules.includes(x));\n  }\n  return out;',
    ],
    [
      'what is loaded for every item',
      'for (const x of xs) {\n    x.rate = (await loadRates(day))[x.code];\n  }\n  return xs;',
      'const rates = await loadRates(day);\n  for (const x of xs) {\n    x.rate = (rates)[x.code];\n  }\n  return xs;',
    ],
  ])('moves out of the loop: %s', (_name, before, after) => {
    expect(run(before).after[0]).toBe(wrap(after));
  });

  it('remembers what the same argument gave, for this request only', () => {
    expect(run('return lines.map((line) => line.qty * priceOf(line.sku));').after[0]).toBe(
      wrap(
        [
          'const priceOfMemo = new Map();',
          'const priceOfOnce = (key) => {',
          '  const known = priceOfMemo.get(key);',
          '  if (known !== undefined || priceOfMemo.has(key)) return known;',
          '  const value = priceOf(key);',
          '  priceOfMemo.set(key, value);',
          '  return value;',
          '};',
          'return lines.map((line) => line.qty * priceOfOnce(line.sku));',
        ].join('\n  '),
      ),
    );
  });

  // github.com/bcherny/frontend-interview-questions/pull/17: "Without memoization, the function is too slow, e.g. fib(42)".
  it('remembers within a recursion', () => {
    const source = (fib: string) => `${fib}\napp.get('/a', () => fib(42));\n`;
    const before = source('function fib(n) {\n  if (n < 2) return n;\n  return fib(n - 1) + fib(n - 2);\n}');
    const after = source(
      'function fib(n, memo = new Map()) {\n  if (n < 2) return n;\n  const known = memo.get(n);\n  if (known !== undefined) return known;\n  return memo.set(n, fib(n - 1, memo) + fib(n - 2, memo)).get(n);\n}',
    );
    expect(heal(repeatedCall, { files: { 'a.js': before }, failure: slow }).after[0]).toBe(after);
  });

  it.each([
    ['a value that is handed on', 'const out = [];\n  for (const x of xs) out.push(parseRules(text));\n  return out;'],
    [
      'a value that each turn changes',
      'for (const x of xs) {\n    const rules = parseRules(text);\n    rules.push(x);\n    use(rules.length);\n  }',
    ],
    ['an expression that remembers its place', "return paths.filter((path) => new RegExp(pattern, 'g').test(path));"],
    ['a call with effects', 'for (const x of xs) use(stamp(1));'],
    ['what is written for every item', 'for (const x of xs) out.push(await saveRate(rate));'],
    ['a list that the loop changes', 'for (const x of xs) {\n    text += x;\n    out.push(parseRules(text, 1));\n  }'],
    ['a call outside any loop', 'return parseRules(text);'],
    ['a value of the loop', 'for (const x of xs) {\n    const t = x.text + 1;\n    out.push(parseRules(t, 1));\n  }'],
  ])('leaves alone %s', (_name, body) => {
    expect(run(body).diagnosis).toBeNull();
  });
});
