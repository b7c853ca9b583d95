import { buildApp } from '../src/app.ts';
import { createStore } from '../src/store/store.ts';

/** A shop of its own for one test, at a fixed time. */
export const testShop = () => buildApp(createStore(() => new Date('2026-11-01T10:00:00.000Z')));

export const json = (body: unknown, headers: Record<string, string> = {}) => ({
  payload: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
});
