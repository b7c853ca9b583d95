import { describe, expect, it } from '@jest/globals';
import { heal, snapshotOf } from '../shared/case.js';
import { configEntries, setEntry } from '../shared/config-entries.js';
import { configFile } from './index.js';

const run = (files: Record<string, string>, message = 'it broke') => heal(configFile, { files, failure: { error: { message } } });

describe('config-file', () => {
  // github.com/toddbluhm/env-cmd/issues/65: "JWTKEY is undefined", the file has JWT_KEY.
  it('reads the environment under the name that .env gives it', () => {
    const { after, diagnosis } = run(
      {
        'server.js': 'export const sign = (x) => jwt.sign(x, process.env.JWTKEY);\nconsole.log(process.env.MONGODB_URL);\n',
        'config/dev.env': '# secrets\nMONGODB_URL=x\nexport JWT_KEY="y" # why\n',
      },
      'secretOrPrivateKey must have a value: JWTKEY',
    );
    expect(after[0]).toContain('process.env.JWT_KEY');
    expect(diagnosis).toMatchObject({ category: 'configuration' });
  });

  // github.com/teikei/teikei/pull/54: the sample spells the variable otherwise than all who read it.
  it('renames in the file what everything else spells otherwise', () => {
    const { after } = run({
      'a.js': 'const a = process.env.MAPBOX_TOKEN;\n',
      'b.js': 'const { MAPBOX_TOKEN } = process.env;\n',
      'docs.json': '{ "needs": "MAPBOX_TOKEN" }',
      '.env': 'PORT=3000\nMAPBOX_TOEKN=abc\n',
    });
    expect(after[0]).toBe('PORT=3000\nMAPBOX_TOKEN=abc\n');
  });

  it.each([
    [
      'a YAML file',
      'config.yaml',
      'server: # the server\n  timoutMs: 100   # ms\n  port: 1\n',
      'server: # the server\n  timeoutMs: 100   # ms\n  port: 1\n',
    ],
    [
      'a JSON file',
      'settings.json',
      '{\n\t"server": { "timoutMs": 100,\n  "port": 1 }\n}',
      '{\n\t"server": { "timeoutMs": 100,\n  "port": 1 }\n}',
    ],
  ])('changes only the key in %s', (_name, path, before, after) => {
    const files = {
      'a.js': `const config = load('./${path}');\nexport const t = () => config.server.timeoutMs + config.server.port;\nexport const u = config.server.timeoutMs;\n`,
      [path]: before,
    };
    expect(run(files, 'timeoutMs is required').after).toContain(after);
  });

  it('follows a store and an import', () => {
    expect(
      run({ 'a.ts': "const ttl = this.configService.get<number>('cache.tll');\n", 'config.yml': 'cache:\n  ttl: 1\n' }).after[0],
    ).toContain("('cache.ttl')");
    const imported = "import settings from './settings.json' with { type: 'json' };\nuse(settings.retires);\n";
    expect(run({ 'a.mjs': imported, 'settings.json': '{"retries":1}' }).after[0]).toContain('settings.retries');
  });

  it.each([
    ['a key that is there', { 'a.js': 'process.env.A_KEY', '.env': 'A_KEY=1\nA_KEYS=2\n' }],
    ['a near key that something reads itself', { 'a.js': 'f(process.env.DB_HOST, process.env.DB_POST)', '.env': 'DB_POST=1\n' }],
    ['a method of a list', { 'a.js': "const c = require('./c.json');\nc.items.map(f);", 'c.json': '{"items":[1],"mop":1}' }],
    ['manifests', { 'a.js': "const p = require('./package.json');\np.verson;", 'package.json': '{"version":"1.0.0"}' }],
    ['a file that does not parse', { 'a.js': "const c = require('./c.json');\nc.tima;", 'c.json': '{"time":' }],
  ])('leaves alone %s', (_name, files) => {
    expect(run(files).diagnosis).toBeNull();
  });
});

describe('setEntry', () => {
  it.each([
    ['c.json', '{ "a": "x" }', 'y', '{ "a": "y" }'],
    ['c.json', '{ "a": "1" }', 1, '{ "a": 1 }'],
    ['c.yml', "a: 'x' # why\n", 'http://y', "a: 'http://y' # why\n"],
    ['c.yml', 'a: x # why\n', 'http://y:80/z', 'a: http://y:80/z # why\n'],
    ['c.yml', 'a: x\n', 'true', 'a: "true"\n'],
    ['.env', 'A=x # why\n', 'y', 'A=y # why\n'],
    ['.env', 'A="x"\n', 80, 'A="80"\n'],
    ['src/config.js', "export default { a: 'x' };\n", 'y', "export default { a: 'y' };\n"],
  ])('writes %s %j', (path, before, value, after) => {
    const [entry] = configEntries(snapshotOf({ [path]: before }));
    const edit = entry && setEntry(entry, value, before);
    expect(edit && before.slice(0, edit.start) + edit.text + before.slice(edit.end)).toBe(after);
  });
});
