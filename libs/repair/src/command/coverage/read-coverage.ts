import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { coverScript, type ScriptCoverage } from './cover-script.js';
import { type Stretch, union } from './paint.js';
import type { CachedSourceMap } from './source-map.js';

const MAX_FILE_BYTES = 256 * 2 ** 20;

const scriptSchema = z.object({
  url: z.string(),
  functions: z.array(z.object({ ranges: z.array(z.object({ startOffset: z.number(), endOffset: z.number(), count: z.number() })) })),
});
const reportSchema = z.object({
  result: z.array(z.object({ url: z.string() }).loose()),
  'source-map-cache': z.record(z.string(), z.unknown()).optional(),
});
const mapSchema = z.object({
  lineLengths: z.array(z.number()),
  data: z.object({
    version: z.literal(3),
    sources: z.array(z.string().nullable()),
    names: z.array(z.string()).default([]),
    mappings: z.string(),
    sourceRoot: z.string().optional(),
  }),
});

/**
 * What a run executed: the union over all reports that V8 wrote into `dir` (NODE_V8_COVERAGE), of files under one of
 * `roots` and in no node_modules, by path relative to it. Texts are read from the first root. Broken reports are skipped.
 */
export function readCoverage(dir: string, roots: readonly string[]): Map<string, readonly Stretch[]> {
  const texts = new Map<string, string | undefined>();
  const textOf = (path: string) => {
    if (path === '') return undefined;
    if (!texts.has(path)) texts.set(path, readText(join(roots[0] ?? '', path)));
    return texts.get(path);
  };
  const pathOf = (absolute: string) => roots.map((root) => inside(root, absolute)).find((path) => path !== undefined);
  const resolveSource = (source: string, from: string) => {
    const file = source.startsWith('file:') ? urlPath(source) : source;
    return file === undefined ? undefined : pathOf(resolve(join(roots[0] ?? '', dirname(from)), file));
  };
  const executed = new Map<string, Stretch[]>();
  for (const script of scriptsIn(dir, pathOf)) {
    for (const [path, stretches] of coverScript(script, textOf, resolveSource)) {
      const known = executed.get(path);
      executed.set(path, known === undefined ? [...stretches] : union([...known, ...stretches]));
    }
  }
  return executed;
}

function* scriptsIn(dir: string, pathOf: (absolute: string) => string | undefined): Generator<ScriptCoverage> {
  for (const name of listJson(dir)) {
    const report = reportSchema.safeParse(readJson(join(dir, name))).data;
    for (const result of report?.result ?? []) {
      const file = urlPath(result.url);
      const path = file === undefined ? undefined : pathOf(file);
      // Only what is ours is worth checking: a report names hundreds of scripts of dependencies.
      const script = path === undefined ? undefined : scriptSchema.safeParse(result).data;
      if (path === undefined || script === undefined) continue;
      const map = mapSchema.safeParse(report?.['source-map-cache']?.[result.url]).data;
      yield { path, functions: script.functions, ...(map !== undefined && { map: map as CachedSourceMap }) };
    }
  }
}

function listJson(dir: string): string[] {
  try {
    return readdirSync(dir).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}

function readJson(path: string): unknown {
  try {
    return statSync(path).size > MAX_FILE_BYTES ? undefined : JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function urlPath(url: string): string | undefined {
  if (isAbsolute(url)) return url;
  try {
    return url.startsWith('file:') ? fileURLToPath(url) : undefined;
  } catch {
    return undefined;
  }
}

function inside(root: string, absolute: string): string | undefined {
  const path = relative(root, absolute);
  const parts = path.split(sep);
  return path === '' || isAbsolute(path) || parts[0] === '..' || parts.includes('node_modules') ? undefined : parts.join('/');
}
