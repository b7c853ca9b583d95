import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { isStatementAtFault } from './statement-error.js';

const failed = (code: string) => new QueryFailedError('SELECT', [], Object.assign(new Error('no'), { code }));

describe('what the database refuses', () => {
  it.each(['22021', '23505', '42P01', '42501'])('%s lies in the statement', (code) => {
    expect(isStatementAtFault(failed(code))).toBe(true);
  });

  it.each(['08006', '57P01', '53300', '40001', 'ECONNRESET'])('%s may be gone the next time', (code) => {
    expect(isStatementAtFault(failed(code))).toBe(false);
  });

  it('a lost connection may come back, a bug stays', () => {
    expect(isStatementAtFault(new Error('Connection terminated unexpectedly'))).toBe(false);
    expect(isStatementAtFault(new TypeError('x is not a function'))).toBe(true);
  });
});
