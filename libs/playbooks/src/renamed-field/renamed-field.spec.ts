import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { renamedField } from './index.js';

const MODEL = 'export interface User { id: string; emailAddress: string; address: { zipCode: string } }\n';
const run = (body: string, head = 'import type { User } from "./model.js";\n') =>
  heal(renamedField, {
    files: { 'src/model.ts': MODEL, 'src/a.ts': `${head}app.get('/a', () => view(load()));\nfunction view(user: User) { ${body} }\n` },
    failure: { route: 'GET /a' },
  });

describe('renamed-field', () => {
  it.each([
    ['a field', 'return user.email;', 'return user.emailAddress;'],
    ['a nested field in another style', 'return user.address.zip_code;', 'return user.address.zipCode;'],
    [
      'a destructured field, its variable kept',
      'const { email } = user; return email;',
      'const { emailAddress: email } = user; return email;',
    ],
    ['a field by its quoted name', "return user['email'];", "return user['emailAddress'];"],
  ])('reads %s under the name it has', (_name, before, after) => {
    const { after: texts, diagnosis } = run(before);
    expect(texts[0]).toContain(after);
    expect(diagnosis?.confidence).toBeGreaterThan(0.8);
  });

  it('goes by use where nothing says the type: a name used once, near one used often', () => {
    const source = "app.get('/a', (req) => ({ total: req.order.totalPrize, a: req.order.totalPrice }));\nlog(x.totalPrice);\n";
    const { after, diagnosis } = heal(renamedField, { files: { 'a.js': source }, failure: { route: 'GET /a' } });
    expect(after[0]).toBe(source.replace('totalPrize', 'totalPrice'));
    expect(diagnosis?.confidence).toBeLessThan(0.5);
  });

  // https://github.com/blockapps/blockapps-rest/pull/62: the node calls it message, the client reads msg.
  it('follows a rename of the other side', () => {
    const source =
      "app.get('/a', () => view(load()));\nfunction view(result: { txResult: { message: string; hash: string } }) { return result.txResult.msg; }\n";
    const { after } = heal(renamedField, { files: { 'src/a.ts': source }, failure: { route: 'GET /a' } });
    expect(after).toContain(source.replace('.msg', '.message'));
  });

  it.each(['return user.emailAddress;', 'return user.toString();', 'return user.address.zipCode.length;'])('leaves alone: %s', (body) => {
    expect(run(body).diagnosis).toBeNull();
  });
});
