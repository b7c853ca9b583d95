/** A unified diff cut into files, each with the `diff --git` line that parsers of git's format look for. */

export interface DiffFile {
  /** The path after the change; before it, for a deleted file. */
  readonly path: string;
  /** One file's diff in git's format. */
  readonly text: string;
  readonly added: number;
  readonly removed: number;
}

const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;

/**
 * Accepts diffs with or without `diff --git` headers. Lines are counted by the hunk headers, since a removed line may
 * itself begin with `-- `. Text outside files is left out; a diff without any file gives an empty list.
 */
export function diffFiles(diff: string): DiffFile[] {
  const files: { path: string; lines: string[]; added: number; removed: number }[] = [];
  const lines = diff.split('\n');
  let oldLeft = 0;
  let newLeft = 0;
  for (const [index, line] of lines.entries()) {
    const file = files.at(-1);
    const next = lines[index + 1];
    if (oldLeft > 0 || newLeft > 0) {
      if (!file) break;
      file.lines.push(line);
      if (line.startsWith('\\')) continue;
      if (!line.startsWith('+')) oldLeft -= 1;
      if (!line.startsWith('-')) newLeft -= 1;
      if (line.startsWith('+')) file.added += 1;
      if (line.startsWith('-')) file.removed += 1;
    } else if (line.startsWith('--- ') && next?.startsWith('+++ ')) {
      const from = pathOf(line);
      const to = pathOf(next);
      const path = to ?? from ?? '';
      const kind = to === undefined ? ['deleted file mode 100644'] : from === undefined ? ['new file mode 100644'] : [];
      files.push({ path, lines: [`diff --git a/${from ?? path} b/${path}`, ...kind, line], added: 0, removed: 0 });
    } else if (line.startsWith('+++ ') || line.startsWith('\\')) {
      file?.lines.push(line);
    } else {
      const hunk = HUNK.exec(line);
      if (!hunk || !file) continue;
      oldLeft = Number(hunk[1] ?? 1);
      newLeft = Number(hunk[2] ?? 1);
      file.lines.push(line);
    }
  }
  return files.map(({ path, lines, added, removed }) => ({ path, text: `${lines.join('\n')}\n`, added, removed }));
}

/** The path of a `---` or `+++` line; undefined for `/dev/null`. */
function pathOf(line: string): string | undefined {
  const path = (line.slice(4).split('\t')[0] ?? '').trim();
  return path === '/dev/null' ? undefined : path.replace(/^[ab]\//, '');
}
