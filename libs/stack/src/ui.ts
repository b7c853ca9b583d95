import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StackError } from './errors.js';
import { repositoryRoot } from './layout.js';
import { freePort } from './port.js';
import { type ManagedProcess, spawnProcess } from './process/spawn.js';

export interface UiOptions {
  readonly gatewayUrl: string;
  /** A free one unless given. */
  readonly port?: number;
  readonly logDir: string;
}

/** Serves the built UI. @throws ProcessError, StackError when it is not built */
export async function startUi({ gatewayUrl, port: wanted, logDir }: UiOptions): Promise<{ url: string; process: ManagedProcess }> {
  const cwd = join(repositoryRoot, 'apps', 'ui');
  if (!existsSync(join(cwd, '.next', 'BUILD_ID'))) throw new StackError('not built: ui', 'npm run build');
  const port = wanted ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const ui = await spawnProcess({
    name: 'ui',
    command: process.execPath,
    args: [join(repositoryRoot, 'node_modules', 'next', 'dist', 'bin', 'next'), 'start', '--hostname', '127.0.0.1', '--port', String(port)],
    cwd,
    env: { GATEWAY_URL: gatewayUrl, PORT: String(port), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    logFile: join(logDir, 'ui.log'),
    ready: { http: url },
    readyTimeoutMs: 60_000,
    graceMs: 3_000,
  });
  return { url, process: ui };
}
