import pc from 'picocolors';

export interface Screen {
  readonly colours: ReturnType<typeof pc.createColors>;
  line(text?: string): void;
  lines(texts: readonly string[]): void;
}

/** Where people read along. With `--json` that is stderr: stdout is for the machine. */
export function screen({ json = false }: { readonly json?: boolean }): Screen {
  const stream = json ? process.stderr : process.stdout;
  const colours = pc.createColors(pc.isColorSupported && stream.isTTY === true);
  const line = (text = '') => void stream.write(`${text}\n`);
  return {
    colours,
    line,
    lines: (texts) => {
      for (const text of texts) line(text);
    },
  };
}

/** One line of JSON on stdout. */
export const printJson = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
