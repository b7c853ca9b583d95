import { faultsOf, isRepairable, type Repair, repairSyntax } from '@selfheal/engine';
import { definePlaybook } from '../shared/playbook.js';
import type { Scene } from '../shared/scene.js';

/** A file does not parse: the engine's syntax repair, laid over the file that the error names, else over those that do not parse. */
export const syntax = definePlaybook({
  name: 'syntax',
  family: 'build',
  title: 'A file does not parse',
  investigate(scene) {
    const { name, message, stack = '' } = scene.failure.error;
    const said = `${name}: ${message}\n${stack}`.slice(0, 8000);
    if (
      !/SyntaxError|ReferenceError: Invalid left-hand side|Unexpected token|Parse error|Parsing error|error while parsing|ERR_INVALID_PACKAGE_CONFIG|Failed to parse/i.test(
        said,
      )
    )
      return null;
    const [broken] = brokenFiles(scene, said);
    if (!broken) return null;
    const { path, text, line, column } = broken;
    const repairs = repairSyntax(
      path,
      text,
      line === undefined ? {} : { hint: { line, ...(column !== undefined && { column }), message } },
    );
    if (repairs.length === 0) return null;
    const place = line ?? 1;
    return {
      summary: `${path} does not parse: ${message.slice(0, 200)}`,
      location: { file: path, line: place },
      evidence: [{ kind: 'source', summary: `${path} does not parse here`, location: { file: path, line: place } }],
      instruction: repairs[0]?.summary ?? 'Mend the syntax.',
      confidence: 0.97,
      risk: 0.2,
      proposals: () =>
        repairs.map(({ edits, template, summary, weight }: Repair) => ({ edits: { [path]: edits }, template, summary, score: weight })),
    };
  },
});

interface Broken {
  readonly path: string;
  readonly text: string;
  readonly line?: number;
  readonly column?: number;
}

/** Without a name in the error, at most this many characters of source are looked through. */
const MAX_LOOKED_THROUGH = 4_000_000;

/** Files that do not parse: those that the error names, each with the line that it says; without any, the others. */
function brokenFiles({ sources }: Scene, said: string): Broken[] {
  const files = [...sources.files].filter(([path, text]) => isRepairable(path) && text.length <= 500_000);
  const named = files.flatMap(([path, text]): Broken[] => {
    const at = said.indexOf(path);
    if (at < 0 || faultsOf(path, text).length === 0) return [];
    const place = /^:(\d{1,7})(?::(\d{1,7}))?/.exec(said.slice(at + path.length, at + path.length + 20));
    const [line, column] = [Number(place?.[1] ?? 0), Number(place?.[2] ?? 0)];
    return [{ path, text, ...(line > 0 && { line }), ...(column > 0 && { column }) }];
  });
  // Text that a program parses as JSON is data: its place is not in the sources.
  if (named.length > 0 || /JSON/.test(said)) return named;
  let looked = 0;
  for (const [path, text] of files) {
    if (path.endsWith('.json')) continue;
    looked += text.length;
    if (looked > MAX_LOOKED_THROUGH) break;
    if (faultsOf(path, text).length > 0) return [{ path, text }];
  }
  return [];
}
