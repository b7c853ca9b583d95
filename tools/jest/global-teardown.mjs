import { once } from 'node:events';
import { rmSync } from 'node:fs';

/** Stops what the global setup started. After a crash of jest the reaper of libs/stack does it. */
export default async function globalTeardown() {
  const { dir, server, postgres } = globalThis.__selfhealTestRun;
  server.close();
  if (postgres?.connected) {
    const exit = once(postgres, 'exit');
    postgres.disconnect();
    await exit;
  }
  rmSync(dir, { recursive: true, force: true });
}
