import { describe, expect, it } from '@jest/globals';
import { whileAway } from './while-away.js';

const never = new AbortController().signal;
const away = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

describe('while the database is away', () => {
  it('work is tried until it succeeds, and each wait says why', async () => {
    let left = 2;
    const reasons: string[] = [];
    const work = async () => {
      if (left-- > 0) throw away();
      return 'done';
    };
    expect(await whileAway(work, never, (why) => reasons.push(why))).toBe('done');
    expect(reasons).toEqual(['connect ECONNREFUSED', 'connect ECONNREFUSED']);
  });

  it('a statement at fault is not tried again', async () => {
    let tries = 0;
    const work = async () => {
      tries += 1;
      throw new TypeError('a bug');
    };
    await expect(whileAway(work, never, () => undefined)).rejects.toThrow('a bug');
    expect(tries).toBe(1);
  });

  it('a service that stops lets go at once', async () => {
    const stop = new AbortController();
    const waiting = whileAway(
      () => Promise.reject(away()),
      stop.signal,
      () => stop.abort(),
    );
    await expect(waiting).rejects.toThrow('ECONNREFUSED');
  });
});
