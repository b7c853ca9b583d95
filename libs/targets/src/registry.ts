import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Target } from '@selfheal/contracts';
import { parseTarget } from './parse-target.js';
import { expandVariables, TargetError, UnknownTarget } from './targets.config.js';

/** The targets that this installation may heal, by name. */
export class TargetRegistry {
  private constructor(private readonly targets: ReadonlyMap<string, Target>) {}

  /** Loads the selfheal.yaml of each work tree. @throws TargetError when one is missing, wrong, or named like another */
  static async load(roots: readonly string[]): Promise<TargetRegistry> {
    const targets = new Map<string, Target>();
    for (const target of await Promise.all(roots.map(loadTarget))) {
      const { name } = target.config;
      if (targets.has(name)) throw new TargetError(`two targets are named ${name}: ${targets.get(name)?.root} and ${target.root}`);
      targets.set(name, target);
    }
    return new TargetRegistry(targets);
  }

  get(name: string): Target | undefined {
    return this.targets.get(name);
  }

  /** Like {@link get}. @throws UnknownTarget */
  require(name: string): Target {
    const target = this.get(name);
    if (!target) throw new UnknownTarget(name);
    return target;
  }

  all(): Target[] {
    return [...this.targets.values()];
  }
}

/** Loads one target from its work tree. @throws TargetError */
export async function loadTarget(root: string): Promise<Target> {
  const file = join(root, 'selfheal.yaml');
  const yaml = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new TargetError(error.code === 'ENOENT' ? `${file} is missing: each target describes itself there` : `${file}: ${error.message}`);
  });
  // Stack traces name real paths, so a root behind a symbolic link would hide every frame.
  return { config: parseTarget(yaml, file), root: await realpath(root) };
}

/** Where the live target answers. @throws TargetError when a variable is not set or it is no http(s) URL */
export const liveUrl = (target: Target): string => httpUrl(expandVariables(target.config.base_url), 'base_url');

/** Where the target's runner takes orders. @throws TargetError */
export const controlUrl = (target: Target): string => httpUrl(expandVariables(target.config.deploy.control_url), 'deploy.control_url');

function httpUrl(text: string, field: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new TargetError(`${field}: not an http(s) URL: ${text}`);
  return url.href.replace(/\/$/, '');
}
