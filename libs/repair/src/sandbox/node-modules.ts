import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** How a `node_modules` directory appears in the sandbox: links by path relative to the root, to absolute paths or into the copy. */
export interface DependencyLinks {
  /** Directories to make, parents first. */
  readonly dirs: readonly string[];
  /** `to` is absolute, or for a workspace package relative to the copy's root. */
  readonly links: readonly { readonly path: string; readonly to: string; readonly inside: boolean }[];
}

/**
 * One link to the real directory; but where it holds workspace packages (links back into the work tree) a directory of
 * links, so that `require` of such a package finds the copy and with it the candidate, not the original.
 */
export function dependencyLinks(root: string, path: string): DependencyLinks {
  const real = realpathOrNone(join(root, path));
  if (real === undefined) return { dirs: [], links: [] };
  const whole: DependencyLinks = { dirs: [], links: [{ path, to: real, inside: false }] };
  const dirs = [path];
  const links: { path: string; to: string; inside: boolean }[] = [];
  let workspaces = false;
  for (const entry of readdirSync(real, { withFileTypes: true })) {
    const at = `${path}/${entry.name}`;
    const isGroup = entry.isDirectory() && (entry.name.startsWith('@') || entry.name === '.bin');
    const members = isGroup ? readdirSync(join(real, entry.name)).map((name) => `${entry.name}/${name}`) : [];
    const inside = members.filter((name) => workspacePath(root, join(real, name)) !== undefined);
    if (inside.length > 0) {
      dirs.push(at);
      for (const name of members) links.push(linkOf(root, real, path, name));
      workspaces = true;
    } else {
      const link = linkOf(root, real, path, entry.name);
      links.push(link);
      workspaces ||= link.inside;
    }
  }
  return workspaces ? { dirs, links } : whole;
}

function linkOf(root: string, real: string, path: string, name: string) {
  const own = workspacePath(root, join(real, name));
  return { path: `${path}/${name}`, to: own ?? join(real, name), inside: own !== undefined };
}

/** For a link into the work tree (not into a node_modules of it): where to, relative to the root. */
function workspacePath(root: string, path: string): string | undefined {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return undefined;
  const real = realpathOrNone(path);
  if (real === undefined || !real.startsWith(root + sep)) return undefined;
  const inside = relative(root, real);
  return inside.split(sep).includes('node_modules') ? undefined : inside;
}

export function realpathOrNone(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
