import { describe, expect, it } from '@jest/globals';
import { applyEdits } from '../edits.js';
import { SourceFile } from '../source-file.js';
import { applyTemplate } from './apply-template.js';
import { learnFix } from './learn-fix.js';
import { mineTemplates } from './mine.js';
import { antiUnify, type FixTemplate, templateText } from './template.js';

const file = (text: string) => new SourceFile('a.js', text);
function fixOf(before: string, after: string): FixTemplate {
  const fix = learnFix(file(before), file(after));
  if (!fix) throw new Error('nothing was learned');
  return fix;
}
const shown = (template: FixTemplate | undefined) => template && [templateText(template, 'before'), templateText(template, 'after')];

// The first two are expressjs/express#4212's shape (a guard before a property is read); BugsJS express-26 is a case.
const guardA = fixOf('function f(req) {\n  return req.session.user;\n}', 'function f(req) {\n  return req.session && req.session.user;\n}');
const guardB = fixOf('const g = (res) => { return res.locals.view; };', 'const g = (res) => { return res.locals && res.locals.view; };');

describe('learning from verified fixes', () => {
  it('keeps the smallest code around a change', () => {
    expect(guardA).toMatchObject({ before: 'req.session.user', after: 'req.session && req.session.user', holes: [] });
  });

  it('learns nothing of a change that is spread over statements', () => {
    expect(learnFix(file('a(1);\nb(2);\n'), file('b(1);\na(2);\n'))).toBeUndefined();
  });

  it('finds what two fixes have in common: the least general shape', () => {
    expect(shown(antiUnify(guardA, guardB))).toEqual(['h1.h2.h3', 'h1.h2 && h1.h2.h3']);
  });

  it('makes a rule of fixes with one shape, with how often it was seen', () => {
    const other = fixOf('while (i <= n) i++;', 'while (i < n) i++;');
    const mined = mineTemplates([guardA, other, guardB]);
    expect(mined.map(({ template, support }) => [shown(template), support])).toEqual([[['h1.h2.h3', 'h1.h2 && h1.h2.h3'], 2]]);
  });

  it('makes no rule of what has nothing in common', () => {
    expect(antiUnify(guardA, fixOf('f(a, b);', 'f(b, a);'))).toBeUndefined();
  });

  it('makes no rule that would have to guess: what is new must be in the old code', () => {
    const a = fixOf('x = f(a) + 1;', 'x = f(a) + p;');
    const b = fixOf('x = f(b) + 1;', 'x = f(b) + q;');
    expect(antiUnify(a, b)).toBeUndefined();
  });

  it('applies a rule where it fits, in the words of the place, and nowhere else', () => {
    const rule = antiUnify(guardA, guardB) as FixTemplate;
    const place = file('function h(app) {\n  // keep\n  log(app);\n  return app . cache.key;\n}');
    const [match, ...more] = applyTemplate(rule, place);
    expect(more).toEqual([]);
    expect(applyEdits(place.text, match?.edits ?? [])).toBe(
      'function h(app) {\n  // keep\n  log(app);\n  return app.cache && app.cache.key;\n}',
    );
  });

  it('finds the very code of a fix again, in JavaScript and in TypeScript', () => {
    const fix = fixOf('for (let i = 0; i <= list.length; i++) f([]);', 'for (let i = 0; i < list.length; i++) f([]);');
    const text = 'while (i<=list.length) i++;';
    const fixed = ['a.js', 'a.ts', 'a.mjs'].map((path) => {
      const place = new SourceFile(path, text);
      return applyTemplate(fix, place).map(({ edits }) => applyEdits(text, edits));
    });
    expect(fixed.flat()).toEqual(Array(3).fill('while (i < list.length) i++;'));
  });

  it('is indifferent to hostile text: a template that does not parse matches nothing', () => {
    expect(applyTemplate({ kind: 'expression', before: ') } } process.exit(', after: 'x', holes: [] }, file('process.exit()'))).toEqual([]);
  });
});
