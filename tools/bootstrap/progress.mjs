import { Failed, runToEnd } from './process.mjs';

/** Machine-readable output is for stdout alone: with `--json` progress goes to stderr. */
const out = process.argv.includes('--json') ? process.stderr : process.stdout;
/** How much of a failed program's output is shown: npm says what is wrong first, others last. */
const HEAD_LINES = 15;
const TAIL_LINES = 60;

export const say = (line) => out.write(`${line}\n`);
export const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/**
 * Runs a program quietly under one progress line with seconds. Its output is shown only when it fails.
 * @throws Failed with the tail of its output
 */
export async function quietly(what, program, args, options = {}) {
  const { code, output, took } = await measured(what, program, args, options);
  if (code !== 0) {
    const interrupted = code > 128;
    throw new Failed(interrupted ? `${what}: interrupted` : `${output}\n${what} failed (exit code ${code}) after ${took}`, code);
  }
  return took;
}

/** As {@link quietly}, but a failure is returned, not thrown. */
export async function measured(what, program, args, options = {}) {
  const started = performance.now();
  const chunks = [];
  const tick = out.isTTY ? setInterval(() => out.write(`\r\x1b[2K${what} … ${seconds(started)}`), 200) : undefined;
  if (!out.isTTY && options.announce) say(`${what} …`);
  const code = await runToEnd(program, args, { ...options, onOutput: (chunk) => chunks.push(chunk) });
  clearInterval(tick);
  if (out.isTTY) out.write('\r\x1b[2K');
  const took = seconds(started);
  if (code === 0) say(`${what} … ${took}`);
  return { code, output: shortened(Buffer.concat(chunks).toString('utf8').trimEnd().split('\n')), took };
}

function shortened(lines) {
  if (lines.length <= HEAD_LINES + TAIL_LINES) return lines.join('\n');
  return [...lines.slice(0, HEAD_LINES), '…', ...lines.slice(-TAIL_LINES)].join('\n');
}
