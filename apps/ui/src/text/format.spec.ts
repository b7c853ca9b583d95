import { describe, expect, it } from '@jest/globals';
import { ago, clock, duration, percent } from './format';

describe('duration', () => {
  it.each([
    [0, '0 ms'],
    [84.4, '84 ms'],
    [1840, '1.84 s'],
    [59_990, '59.99 s'],
    [59_999, '1 min 0 s'],
    [125_000, '2 min 5 s'],
    [11_520_000, '3 h 12 min'],
  ])('%d ms is %s', (ms, text) => expect(duration(ms)).toBe(text));
});

describe('ago', () => {
  it.each([
    [-5, 'now'],
    [1500, 'now'],
    [12_000, '12 s ago'],
    [300_000, '5 min ago'],
    [10_800_000, '3 h ago'],
    [172_800_000, '2 d ago'],
  ])('%d ms is %s', (ms, text) => expect(ago(ms)).toBe(text));
});

it('shows the time of day to the millisecond, and what is no time as it is', () => {
  expect(clock('2026-11-22T19:00:01.007Z')).toMatch(/^\d{2}:\d{2}:01\.007$/);
  expect(clock('not a time')).toBe('not a time');
});

it('keeps a percentage within its bounds', () => expect([percent(0.934), percent(7), percent(-1)]).toEqual(['93 %', '100 %', '0 %']));
