/** Keys and values of a target's configuration, whatever the format, with where they stand. */

import type { SourceSnapshot } from '@selfheal/contracts';
import { type Edit, type JsonMember, jsonMembers, keyName, type Node, projectOf, type SourceFile } from '@selfheal/engine';
import { isMap, isScalar, parseDocument } from 'yaml';
import { isConfigFile, isConfigName } from './config-names.js';

/** One key of a configuration file. Offsets are UTF-16 code units into the file's text. */
export interface ConfigEntry {
  readonly path: string;
  readonly format: 'json' | 'yaml' | 'env' | 'script';
  /** From the root: `['server', 'port']`. */
  readonly keys: readonly string[];
  readonly keyAt: { readonly start: number; readonly end: number };
  readonly valueAt: { readonly start: number; readonly end: number };
  /** `undefined` for objects, lists and what is computed. Values in .env files are strings. */
  readonly value: string | number | boolean | null | undefined;
}

/** Manifests and settings of tools: not the target's own configuration. */
const NOT_OURS =
  /(?:^|\/)(?:package(?:-lock)?|tsconfig[\w.-]*|jsconfig|biome|nx|lerna|turbo|\.?\w*rc|selfheal|pnpm-(?:lock|workspace)|renovate|vercel|composer)\.(?:json|ya?ml)$|(?:^|\/)(?:node_modules|\.github|locales?|fixtures?)\//i;
const MAX_BYTES = 65_536;
const MAX_ENTRIES = 5000;

const entries = new WeakMap<SourceSnapshot, readonly ConfigEntry[]>();

/** Every key of the configuration files (JSON, YAML, .env) and of configuration objects in scripts. Bounded; broken files have none. */
export function configEntries(sources: SourceSnapshot): readonly ConfigEntry[] {
  const known = entries.get(sources);
  if (known) return known;
  const found: ConfigEntry[] = [];
  for (const [path, text] of sources.files) {
    if (found.length > MAX_ENTRIES) break;
    if (text.length > MAX_BYTES || NOT_OURS.test(path)) continue;
    if (/\.jsonc?$/.test(path)) found.push(...fromJson(path, jsonMembers(text) ?? [], []));
    else if (/\.ya?ml$/.test(path)) found.push(...fromYaml(path, text));
    else if (/(?:^|\/)(?:[\w-]+)?\.env(?:\.[\w-]+)*$/.test(path)) found.push(...fromEnv(path, text));
    else found.push(...fromScript(projectOf(sources).file(path)));
  }
  entries.set(sources, found);
  return found;
}

function fromJson(path: string, members: readonly JsonMember[], above: readonly string[]): ConfigEntry[] {
  return members.flatMap(({ key, keyAt, valueAt, value, members: inner = [] }) => {
    const keys = [...above, key];
    return [{ path, format: 'json' as const, keys, keyAt, valueAt, value }, ...fromJson(path, inner, keys)];
  });
}

function fromYaml(path: string, text: string): ConfigEntry[] {
  const document = parseDocument(text, { strict: false, logLevel: 'silent' });
  if (document.errors.length > 0) return [];
  const found: ConfigEntry[] = [];
  const visit = (node: unknown, above: readonly string[]) => {
    if (!isMap(node) || above.length > 16) return;
    for (const { key, value } of node.items) {
      if (!isScalar(key) || !key.range) continue;
      const keys = [...above, String(key.value)];
      const range = isScalar(value) ? value.range : undefined;
      const at = range ? { start: range[0], end: range[1] } : { start: key.range[1], end: key.range[1] };
      const plain =
        isScalar(value) && ['string', 'number', 'boolean'].includes(typeof value.value)
          ? (value.value as string | number | boolean)
          : undefined;
      found.push({ path, format: 'yaml', keys, keyAt: { start: key.range[0], end: key.range[1] }, valueAt: at, value: plain });
      visit(value, keys);
    }
  };
  visit(document.contents, []);
  return found;
}

/** The .env format as dotenv reads it: https://github.com/motdotla/dotenv#what-rules-does-the-parsing-engine-follow. */
function fromEnv(path: string, text: string): ConfigEntry[] {
  const line = /^([ \t]*(?:export[ \t]+)?)([A-Za-z_][\w.-]*)([ \t]*=[ \t]*)("[^"\n]*"|'[^'\n]*'|[^\n#]*?)[ \t\r]*(?:#.*)?$/gm;
  return [...text.matchAll(line)].map((match) => {
    const [, lead = '', key = '', equals = '', raw = ''] = match;
    const start = match.index + lead.length;
    const from = start + key.length + equals.length;
    const value = /^(["']).*\1$/.test(raw) ? raw.slice(1, -1) : raw;
    return {
      path,
      format: 'env' as const,
      keys: [key],
      keyAt: { start, end: start + key.length },
      valueAt: { start: from, end: from + raw.length },
      value,
    };
  });
}

function fromScript(file: SourceFile | undefined): ConfigEntry[] {
  if (!file) return [];
  return file.nodes.flatMap((node): ConfigEntry[] => {
    const key = node.type === 'Property' ? keyName(node.key, node.computed) : undefined;
    if (node.type !== 'Property' || key === undefined || node.shorthand || node.method) return [];
    const above = file.ancestorsOf(node);
    const held = above.some((a) => a.type === 'VariableDeclarator' && a.id.type === 'Identifier' && isConfigName(a.id.name));
    if (file.parentOf(node)?.type !== 'ObjectExpression' || !(held || isConfigFile(file))) return [];
    const outer = above.flatMap((a) => (a.type === 'Property' ? [keyName(a.key, a.computed) ?? ''] : [])).reverse();
    return [
      {
        path: file.path,
        format: 'script',
        keys: [...outer, key],
        keyAt: at(node.key),
        valueAt: at(node.value),
        value: literal(node.value),
      },
    ];
  });
}

const at = ({ start, end }: Node) => ({ start, end });
const literal = (node: Node): ConfigEntry['value'] =>
  node.type === 'Literal' && (typeof node.value === 'string' || typeof node.value === 'number' || typeof node.value === 'boolean')
    ? node.value
    : undefined;

/** The edit that gives the entry another name: quotes stay as they are. */
export function renameEntry(entry: ConfigEntry, name: string, text: string): Edit {
  const quote = /^["']/.exec(text.slice(entry.keyAt.start, entry.keyAt.end))?.[0] ?? '';
  return { start: entry.keyAt.start, end: entry.keyAt.end, text: `${quote}${name}${quote}` };
}

/** The edit that gives the entry another value, quoted as its format wants and as it was; nothing when it cannot be written so. */
export function setEntry(entry: ConfigEntry, value: string | number | boolean, text: string): Edit | undefined {
  const { start, end } = entry.valueAt;
  const quote = /^["']/.exec(text.slice(start, end))?.[0];
  if (typeof value !== 'string') return { start, end, text: entry.format === 'env' && quote ? `${quote}${value}${quote}` : String(value) };
  if (/[\n\r\\"'`]/.test(value)) return undefined;
  const plain =
    entry.format === 'env'
      ? !/[\s#]/.test(value)
      : entry.format === 'yaml' &&
        /^[A-Za-z/][^\s:#,[\]{}&*!|>%@]*(?::\/\/[^\s#,[\]{}]+)?$/.test(value) &&
        !/^(?:true|false|yes|no|on|off|null)$/i.test(value);
  if (quote === undefined && plain) return { start, end, text: value };
  const mark = quote ?? (entry.format === 'script' ? "'" : '"');
  return { start, end, text: `${mark}${value}${mark}` };
}
