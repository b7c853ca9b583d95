import { type TargetConfig, targetConfig } from '@selfheal/contracts';
import { LineCounter, parseDocument } from 'yaml';
import { TargetError } from './targets.config.js';

/**
 * Reads selfheal.yaml. Aliases are not expanded (billion laughs). @throws TargetError with every error, each with the line
 * it is on and the field it names.
 */
export function parseTarget(yaml: string, source = 'selfheal.yaml'): TargetConfig {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const lineAt = (offset: number | undefined) => (offset === undefined ? 1 : lines.linePos(offset).line);
  if (document.errors.length > 0) {
    throw new TargetError(document.errors.map((e) => `${source}:${lineAt(e.pos[0])}: ${e.message}`).join('\n'));
  }
  const result = targetConfig.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (result.success) return result.data;
  const messages = result.error.issues.map((issue) => {
    const path = issue.path.map(String);
    return `${source}:${lineAt(offsetOf(document, path))}: ${path.join('.') || '(document)'}: ${issue.message}`;
  });
  throw new TargetError(messages.join('\n'));
}

/** Where the node at `path` stands; of its nearest parent that exists, for a field that is missing. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly string[]): number | undefined {
  for (let depth = path.length; depth >= 0; depth--) {
    const node: unknown = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (node && typeof node === 'object' && 'range' in node && Array.isArray(node.range)) return node.range[0];
  }
  return undefined;
}
