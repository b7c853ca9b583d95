import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { git, topOf } from '@selfheal/git';
import { stateHome } from './state-home.config.js';

/**
 * Where the memory of a repository is: below `.git`, so that it is never committed and no work tree gets dirty (all work
 * trees of one repository share it); without git in the user's state directory.
 * @param root absolute, without symbolic links
 */
export async function memoryPath(root: string): Promise<string> {
  const top = topOf(root);
  const common = top && (await git(top, ['rev-parse', '--git-common-dir']).catch(() => undefined));
  if (top && common) return join(resolve(top, common.trim()), 'selfheal', 'memory.json');
  return join(stateHome(), 'selfheal', createHash('sha256').update(root).digest('hex').slice(0, 32), 'memory.json');
}
