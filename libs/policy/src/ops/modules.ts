import { posix } from 'node:path';
import { importsOf } from '../ast/imports.js';
import { lineAt, type Source, textOf } from '../ast/source.js';
import type { Hit } from './op.js';

export type Power = 'starts processes' | 'runs code from text' | 'opens files' | 'opens the network' | 'controls the process';

const POWERS: Record<Power, readonly string[]> = {
  'starts processes': ['child_process', 'cluster', 'worker_threads', 'execa', 'shelljs', 'cross-spawn', 'zx', 'node-pty'],
  'runs code from text': [
    'vm',
    'inspector',
    'inspector/promises',
    'repl',
    'v8',
    'module',
    'wasi',
    'vm2',
    'isolated-vm',
    'node-serialize',
    'serialize-javascript',
  ],
  'opens files': ['fs', 'fs/promises', 'fs-extra', 'graceful-fs', 'rimraf', 'del', 'sqlite'],
  'opens the network': [
    'net',
    'tls',
    'http',
    'https',
    'http2',
    'dns',
    'dns/promises',
    'dgram',
    'axios',
    'got',
    'node-fetch',
    'cross-fetch',
    'undici',
    'ws',
    'superagent',
    'request',
    'needle',
    'ky',
    'nodemailer',
    'socket.io-client',
    'ssh2',
  ],
  'controls the process': ['process'],
};
const POWER_OF = new Map<string, Power>(
  Object.entries(POWERS).flatMap(([power, names]) => names.map((name) => [name, power as Power] as const)),
);

/** What a module lets its importer do, for the modules that let it do more than compute. */
export const powerOf = (module: string): Power | undefined => POWER_OF.get(module);

/** The powerful, computed and out-of-tree modules that a file loads, one hit for each name taken from them. */
export function importHits(source: Source): Hit[] {
  return importsOf(source).flatMap(({ module, names, node }) => {
    const line = lineAt(source.text, node.start);
    if (module === undefined) return [{ what: 'loads a module by a computed name', key: `computed|${textOf(source, node)}`, line }];
    if (leavesTree(source.path, module)) return [{ what: `loads ${module}, outside the target`, key: `outside|${module}`, line }];
    const power = powerOf(module);
    if (!power) return [];
    const taken = names.size ? [...names.values()] : ['*'];
    return taken.map((name) => ({
      what: `imports ${name === '*' || name === 'default' ? '' : `${name} of `}${module}, which ${power}`,
      key: `import|${module}|${name}`,
      line,
    }));
  });
}

function leavesTree(path: string, module: string): boolean {
  if (module.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(module) || module.includes('\\')) return true;
  return module.startsWith('.') && posix.normalize(posix.join(posix.dirname(path), module)).startsWith('..');
}
