import { expect, it } from '@jest/globals';
import { problemOf } from './problem';

it('says title and detail, neutralised', () => {
  const body = JSON.stringify({ type: 'about:blank', title: 'Conflict', status: 409, detail: 'digest\u202e is stale' });
  expect(problemOf(409, body)).toMatchObject({ status: 409, message: 'Conflict: digest⟦U+202E⟧ is stale' });
});

it.each(['<html>Bad gateway</html>', 'null', '[]', '{"title":7}', ''])('says the status when the body is %s', (body) => {
  expect(problemOf(502, body).message).toBe('the gateway answered 502');
});
