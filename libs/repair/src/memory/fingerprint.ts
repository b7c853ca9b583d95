import { createHash } from 'node:crypto';
import type { SourceSnapshot } from '@selfheal/contracts';
import { inAppFrames, normaliseMessage } from '@selfheal/engine';
import type { TestError } from '../oracle/oracle.js';

const MAX_FINGERPRINTS = 8;
const MAX_FRAMES = 5;

/**
 * One fingerprint for each different failure: its type, its message without values, and the functions of the repository that
 * it came through, without line numbers, so that an edit above does not make it another failure. Pure.
 * @param root absolute path that the stacks' paths are below
 */
export function fingerprintsOf(failures: readonly TestError[], snapshot: SourceSnapshot, root: string): string[] {
  const all = failures.map(({ name, message, stack }) => {
    const frames = inAppFrames(stack, snapshot, root).frames.slice(0, MAX_FRAMES);
    const functions = frames.map((frame) => `${frame.file}#${frame.function ?? ''}`);
    return createHash('sha256')
      .update([name, normaliseMessage(message), ...functions].join('\0'))
      .digest('hex');
  });
  return [...new Set(all)].slice(0, MAX_FINGERPRINTS);
}
