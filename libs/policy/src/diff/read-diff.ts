/** One line that a diff adds or removes: its 1-based number in the new or the old file, and its text without `\n`. */
export interface DiffLine {
  readonly line: number;
  readonly text: string;
}

/** What a diff does to one file. */
export interface DiffSection {
  readonly path: string;
  readonly creates: boolean;
  readonly deletes: boolean;
  readonly added: readonly DiffLine[];
  readonly removed: readonly DiffLine[];
}

export interface ReadDiff {
  readonly sections: readonly DiffSection[];
  /** Why the diff is not one that we accept; empty when it is. */
  readonly problems: readonly string[];
}

/**
 * Reads a unified diff by a small grammar and refuses every line outside it: no text before or between the files, no
 * renames, copies, mode changes, links, binary patches or quoted names. What two readers of a diff could understand
 * differently (git, the `diff` package, a person) is not accepted, so what the checks judge is what git applies.
 */
export function readDiff(diff: string): ReadDiff {
  const reader = new Reader(diff.split('\n'));
  const sections: DiffSection[] = [];
  const problems: string[] = [];
  while (!reader.atEnd) {
    const section = readSection(reader);
    if (typeof section === 'string') {
      problems.push(`diff line ${reader.at + 1}: ${section}`);
      break;
    }
    if (sections.some((s) => s.path === section.path)) problems.push(`${section.path} has two sections in the diff`);
    sections.push(section);
  }
  if (sections.length === 0 && problems.length === 0) problems.push('the diff changes nothing');
  return { sections, problems };
}

class Reader {
  at = 0;
  constructor(private readonly lines: readonly string[]) {}
  get line(): string | undefined {
    return this.lines[this.at];
  }
  /** A diff ends with a newline, or with the last line itself. */
  get atEnd(): boolean {
    return this.at >= this.lines.length || (this.at === this.lines.length - 1 && this.line === '');
  }
  take(pattern: RegExp): RegExpExecArray | null {
    const match = this.line === undefined ? null : pattern.exec(this.line);
    if (match) this.at++;
    return match;
  }
}

function readSection(reader: Reader): DiffSection | string {
  const index = reader.take(/^Index: (.+)$/);
  reader.take(/^={67}$/);
  const git = reader.take(/^diff --git a\/(.+) b\/(.+)$/);
  const newMode = git ? reader.take(/^new file mode (\d+)$/) : null;
  const oldMode = git && !newMode ? reader.take(/^deleted file mode (\d+)$/) : null;
  const hash = git && reader.take(/^index [0-9a-f]{4,64}\.\.[0-9a-f]{4,64}(?: (\d+))?$/);
  for (const mode of [newMode?.[1], oldMode?.[1]])
    if (mode && mode !== '100644') return `file mode ${mode} is not that of a regular text file`;
  if (hash?.[1] && hash[1] !== '100644' && hash[1] !== '100755') return `file mode ${hash[1]} is not that of a regular text file`;
  const from = reader.take(/^--- (?:a\/([^\t]+)|\/dev\/null)\t?$/);
  if (!from) return `not a line of a plain text diff: ${quote(reader.line)}`;
  const to = reader.take(/^\+\+\+ (?:b\/([^\t]+)|\/dev\/null)\t?$/);
  if (!to) return `expected "+++ b/…", found ${quote(reader.line)}`;
  const path = to[1] ?? from[1];
  if (path === undefined) return 'both sides are /dev/null';
  const names = [from[1], to[1], git?.[1], git?.[2], index?.[1]].filter((name) => name !== undefined);
  if (names.some((name) => name !== path)) return `the headers name different files: ${[...new Set(names)].map(quote).join(', ')}`;
  const creates = from[1] === undefined;
  const deletes = to[1] === undefined;
  if (git && (creates !== Boolean(newMode) || deletes !== Boolean(oldMode))) return 'the mode line and /dev/null disagree';
  const added: DiffLine[] = [];
  const removed: DiffLine[] = [];
  let hunks = 0;
  while (reader.line?.startsWith('@@')) {
    const problem = readHunk(reader, added, removed);
    if (problem) return problem;
    hunks++;
  }
  if (hunks === 0) return `${quote(path)} has no hunks`;
  return { path, creates, deletes, added, removed };
}

function readHunk(reader: Reader, added: DiffLine[], removed: DiffLine[]): string | undefined {
  const head = reader.take(/^@@ -(\d{1,7})(?:,(\d{1,7}))? \+(\d{1,7})(?:,(\d{1,7}))? @@(?: .*)?$/);
  if (!head) return `not a hunk header: ${quote(reader.line)}`;
  let [oldLine, newLine] = [Number(head[1]), Number(head[3])];
  let [oldLeft, newLeft] = [Number(head[2] ?? 1), Number(head[4] ?? 1)];
  while (oldLeft > 0 || newLeft > 0) {
    const line = reader.line;
    const text = line?.slice(1) ?? '';
    if (line?.startsWith(' ') && oldLeft > 0 && newLeft > 0) {
      oldLeft--;
      newLeft--;
      oldLine++;
      newLine++;
    } else if (line?.startsWith('-') && oldLeft > 0) {
      removed.push({ line: oldLine++, text });
      oldLeft--;
    } else if (line?.startsWith('+') && newLeft > 0) {
      added.push({ line: newLine++, text });
      newLeft--;
    } else if (!line?.startsWith('\\ No newline')) {
      return `the hunk is shorter than its header says, or malformed: ${quote(line)}`;
    }
    reader.at++;
  }
  reader.take(/^\\ No newline at end of file$/);
  return undefined;
}

const quote = (line: string | undefined): string => (line === undefined ? 'the end of the diff' : JSON.stringify(line.slice(0, 120)));
