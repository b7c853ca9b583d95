/** File modes that a patch may name: regular files. 120000 is a symbolic link, 160000 a submodule. */
const REGULAR_MODES: ReadonlySet<string> = new Set(['100644', '100755']);
const MODE = /^(?:(?:old mode|new mode|new file mode|deleted file mode) |index [^ ]* )(.*)$/s;
const RENAME_OR_COPY = /^(?:rename|copy) /;
const BINARY = /^(?:GIT binary patch|Binary files )/;
const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;

export type Headers = { readonly unsafe: string } | { readonly unsafe?: undefined; readonly paths: ReadonlySet<string> };

/**
 * Judges a unified diff by its headers alone: either why it must not be applied, or the paths it names. Besides what
 * `git apply` refuses by itself (`..`, `.git`, paths beyond a symbolic link) no patch may make links, submodules,
 * renames or binary files, nor name a file in any way but `a/path`, `b/path` or `/dev/null`: a person could not review
 * it line by line, and two parsers could read different files from it.
 */
export function readHeaders(diff: string): Headers {
  const paths = new Set<string>();
  for (const line of headerLines(diff)) {
    const mode = MODE.exec(line)?.[1];
    if (mode !== undefined && !REGULAR_MODES.has(mode)) return { unsafe: `not a regular file: "${line.slice(0, 80)}"` };
    if (RENAME_OR_COPY.test(line)) return { unsafe: 'renames and copies are not accepted: write them as a removed and an added file' };
    if (BINARY.test(line)) return { unsafe: 'binary patches are not accepted' };
    const path = namedPath(line);
    if (path === undefined) return { unsafe: `a file is named in a way that is not accepted: "${line.slice(0, 200)}"` };
    if (path) paths.add(path);
  }
  return paths.size > 0 ? { paths } : { unsafe: 'no file is named: not a unified diff' };
}

/** The path a header line names; empty when it names none, `undefined` when it names one in a way we do not accept. */
function namedPath(line: string): string | undefined {
  if (line.startsWith('diff --git ')) return /^diff --git a\/([^"]+) b\/\1$/.exec(line)?.[1];
  const side = line.startsWith('--- ') ? 'a' : line.startsWith('+++ ') ? 'b' : undefined;
  if (!side) return '';
  const name = line.slice(4).split('\t')[0] ?? '';
  if (name === '/dev/null') return '';
  return name.startsWith(`${side}/`) && !name.includes('"') ? name.slice(2) : undefined;
}

/** Every line outside of hunks. A hunk's extent is what its `@@` line says, so content is never taken for a header. */
function* headerLines(diff: string): Generator<string> {
  let removed = 0;
  let added = 0;
  for (const line of diff.split('\n')) {
    if (removed > 0 || added > 0) {
      if (!line.startsWith('+') && !line.startsWith('\\')) removed--;
      if (!line.startsWith('-') && !line.startsWith('\\')) added--;
      continue;
    }
    const hunk = HUNK.exec(line);
    if (!hunk) {
      yield line;
      continue;
    }
    removed = Number(hunk[1] ?? 1);
    added = Number(hunk[2] ?? 1);
  }
}
