import { describe, expect, it } from '@jest/globals';
import { SourceFile } from '../../source-file.js';
import { bare, textsOf } from '../testing.js';
import { twin } from './twin.js';

const built = new SourceFile(
  'dist/async.js',
  `(function () {
    function doWhilst(iteratee, test, callback) {
        callback = onlyOnce$1(callback);
        var _fn = wrapAsync$1(iteratee);
        var results;

        function next(err, ...args) {
            if (err) return callback(err);
            results = args;
            _fn(...args, next);
        }

        return next(null);
    }
})();
`,
);
const source = (lines: string) => `import onlyOnce from './onlyOnce.js'
import wrapAsync from './wrapAsync.js'

function doWhilst(iteratee, test, callback) {
    callback = onlyOnce(callback);
    var _fn = wrapAsync(iteratee);
    var results;

    function next(err, ...rest) {
${lines}
        _fn(...rest, next);
    }

    return next(null);
}
export default doWhilst
`;
const right = '        if (err) return callback(err);\n        results = rest;';

describe('twin', () => {
  it('brings back an assignment that the build output still has, in our names (async, SWE-smith remove_assign)', () => {
    const [first] = textsOf(twin, source('        if (err) return callback(err);'), [built], 'lib/doWhilst.js').filter(
      (text) => bare(text) === bare(source(right)),
    );
    expect(first).toBe(source(right));
  });

  it('offers each difference alone and all at once', () => {
    const texts = textsOf(twin, source('        if (!err) return callback(err);').replace('next(null)', 'next(1)'), [built]).map(bare);
    expect(texts).toContain(bare(source('        if (err) return callback(err);').replace('next(null)', 'next(1)')));
    expect(texts).toContain(bare(source(right)));
  });

  it('fills a body that lost nearly everything', () => {
    const heap = (body: string) => `function smaller(x, y) {\n${body}\n}\n`;
    const full = heap(
      '    if (x.priority !== y.priority) {\n        return x.priority < y.priority;\n    }\n    return x.pushCount < y.pushCount;',
    );
    expect(textsOf(twin, heap('    '), [new SourceFile('dist/a.js', full)]).map(bare)).toContain(bare(full));
  });

  it('says nothing of equal functions, of mere style, and of names that mean nothing here', () => {
    expect(textsOf(twin, source(right), [built])).toEqual([]);
    expect(textsOf(twin, source(right).replaceAll('var ', 'let ').replaceAll(';', ''), [built])).toEqual([]);
    const foreign = new SourceFile('dist/b.js', built.text.replace('results = args', 'results = elsewhere(args)'));
    expect(textsOf(twin, source(right), [foreign]).join('')).not.toContain('elsewhere');
  });
});
