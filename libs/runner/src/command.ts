import { basename } from 'node:path';

export interface NodeCommand {
  /** Options of node itself, before the script. */
  readonly execArgv: readonly string[];
  readonly script: string;
  readonly args: readonly string[];
}

/** Options of node whose value is the next argument (https://nodejs.org/api/cli.html). */
const TAKES_VALUE: ReadonlySet<string> = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '--experimental-loader',
  '-C',
  '--conditions',
  '--env-file',
  '--env-file-if-exists',
  '--experimental-config-file',
  '--title',
  '--icu-data-dir',
  '--openssl-config',
  '--disable-warning',
  '--stack-trace-limit',
]);

/**
 * Takes `node [options] script [args]` apart. Workers share the runner's Node, so the program must be `node`.
 * @throws {RangeError} when it is another program or has no script.
 */
export function parseNodeCommand(command: readonly string[]): NodeCommand {
  const [program, ...rest] = command;
  if (!program || !['node', 'node.exe'].includes(basename(program))) {
    throw new RangeError(`the command must be "node [options] script [args]", not ${JSON.stringify(program ?? '')}`);
  }
  let at = 0;
  for (let option = rest[at]; option?.startsWith('-'); option = rest[at]) at += TAKES_VALUE.has(option) ? 2 : 1;
  const script = rest[at];
  if (!script) throw new RangeError('the command names no script to run: "node [options] script [args]"');
  return { execArgv: rest.slice(0, at), script, args: rest.slice(at + 1) };
}
