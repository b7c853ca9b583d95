import { type TargetConfig, targetConfig } from '@selfheal/contracts';
import { isMap, isNode, LineCounter, parseDocument, visit } from 'yaml';
import { TargetError } from './targets.config.js';

type Document = ReturnType<typeof parseDocument>;

/**
 * Reads selfheal.yaml. Aliases are refused, not expanded (billion laughs). @throws TargetError with every error, each with
 * the line it is on and the field it names.
 */
export function parseTarget(yaml: string, source = 'selfheal.yaml'): TargetConfig {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number | undefined) => `${source}:${offset === undefined ? 1 : lines.linePos(offset).line}`;
  const unreadable = [
    ...document.errors.map((e) => `${at(e.pos[0])}: ${e.message}`),
    ...aliasesOf(document).map((o) => `${at(o)}: no aliases`),
  ];
  if (unreadable.length > 0) throw new TargetError(unreadable.join('\n'));
  const result = targetConfig.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (result.success) return result.data;
  const messages = result.error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys') return `${at(offsetOf(document, path))}: ${path.join('.') || '(document)'}: ${issue.message}`;
    return issue.keys.map((key) => `${at(offsetOfKey(document, path, key))}: ${[...path, key].join('.')}: unknown key`);
  });
  throw new TargetError(messages.join('\n'));
}

function aliasesOf(document: Document): (number | undefined)[] {
  const offsets: (number | undefined)[] = [];
  if (document.errors.length > 0) return offsets;
  visit(document, { Alias: (_, alias) => void offsets.push(alias.range?.[0]) });
  return offsets;
}

/** Where the node at `path` stands; of its nearest parent that exists, for a field that is missing. */
function offsetOf(document: Document, path: readonly string[]): number | undefined {
  for (let depth = path.length; depth >= 0; depth--) {
    const node: unknown = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return undefined;
}

/** Where the key itself stands in the map at `path`. */
function offsetOfKey(document: Document, path: readonly string[], key: string): number | undefined {
  const map: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  const found = isMap(map) ? map.items.find((pair) => isNode(pair.key) && String(pair.key) === key)?.key : undefined;
  return isNode(found) ? found.range?.[0] : offsetOf(document, path);
}
