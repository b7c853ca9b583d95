import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { FixProgress } from '@selfheal/repair';
import { progressView } from './progress-view.js';

const written: string[] = [];
const terminal = (isTTY: boolean, columns = 40) => ({ isTTY, columns, write: (text: string) => written.push(text) });
const searching = (tried: number): FixProgress => ({ stage: 'searching', tried, plausible: 0, elapsedMs: 1 });

beforeEach(() => {
  written.length = 0;
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('progress where lines cannot be rewritten', () => {
  it('is a line a stage, and a long search says so every ten seconds', () => {
    let now = 0;
    const view = progressView(terminal(false), () => now);
    view.show({ stage: 'reproducing', run: 1, of: 3 });
    for (now = 1; now < 25_000; now += 1000) view.show(searching(now));
    view.end();
    expect(written).toHaveLength(4);
    expect(written.join('')).not.toContain('\x1b');
    expect(written.every((text) => text.startsWith('selfheal: ') && text.endsWith('\n'))).toBe(true);
  });
});

describe('progress on a terminal', () => {
  it('rewrites one line that turns, fits, and is taken away', () => {
    const view = progressView(terminal(true, 20));
    view.show(searching(123_456));
    jest.advanceTimersByTime(350);
    expect(written).toHaveLength(4);
    for (const text of written) {
      expect(text.startsWith('\r\x1b[2K')).toBe(true);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what drives the terminal is taken out
      expect(text.replace(/\r|\x1b\[[0-9;]*[mK]/g, '').length).toBeLessThanOrEqual(20);
    }
    view.end();
    expect(written.at(-1)).toBe('\r\x1b[2K');
    jest.advanceTimersByTime(1000);
    expect(written).toHaveLength(5);
  });

  it('leaves what is known above the live line', () => {
    const view = progressView(terminal(true));
    view.show(searching(1));
    view.show({ stage: 'note', text: 'found' });
    view.end();
    expect(written.filter((text) => text.endsWith('\n'))).toEqual([expect.stringContaining('found')]);
  });
});
