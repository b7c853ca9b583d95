import type { FixProgress } from '@selfheal/repair';
import pc from 'picocolors';
import { lineOf } from './progress-line.js';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;
/** Where lines cannot be rewritten, a long search says so rarely. */
const QUIET_MS = 10_000;
/** Stages that go on, and are replaced by the next. */
const LIVE: ReadonlySet<FixProgress['stage']> = new Set(['reproducing', 'searching', 'proving']);

/** What we need of `process.stderr`. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressView {
  show(event: FixProgress): void;
  /** Takes the live line away. */
  end(): void;
}

/** How a heal goes, on stderr: on a terminal one live line below what is known, elsewhere one line for each stage. */
export const progressView = (terminal: Terminal, now: () => number = () => performance.now()): ProgressView =>
  terminal.isTTY ? new LiveLine(terminal) : new PlainLines(terminal, now);

class PlainLines implements ProgressView {
  #last = Number.NEGATIVE_INFINITY;
  constructor(
    private readonly terminal: Terminal,
    private readonly now: () => number,
  ) {}

  show(event: FixProgress): void {
    if (event.stage === 'searching') {
      if (this.now() - this.#last < QUIET_MS) return;
      this.#last = this.now();
    }
    this.terminal.write(`selfheal: ${lineOf(event)}\n`);
  }

  end(): void {}
}

class LiveLine implements ProgressView {
  #text = '';
  #frame = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #colours = pc.createColors(pc.isColorSupported);
  constructor(private readonly terminal: Terminal) {}

  show(event: FixProgress): void {
    if (!LIVE.has(event.stage)) {
      this.#clear();
      this.terminal.write(`${this.#colours.dim('·')} ${lineOf(event)}\n`);
      this.#draw();
      return;
    }
    this.#text = lineOf(event);
    this.#timer ??= setInterval(() => this.#draw(), FRAME_MS).unref();
    this.#draw();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#clear();
    this.#text = '';
  }

  #draw(): void {
    if (!this.#text) return;
    const room = Math.max(10, (this.terminal.columns ?? 80) - 3);
    const text = this.#text.length > room ? `${this.#text.slice(0, room - 1)}…` : this.#text;
    this.terminal.write(`\r\x1b[2K${this.#colours.cyan(FRAMES[this.#frame++ % FRAMES.length] ?? '·')} ${text}`);
  }

  #clear(): void {
    if (this.#text) this.terminal.write('\r\x1b[2K');
  }
}
