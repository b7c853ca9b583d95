'use client';
import 'react-diff-view/style/index.css';
import './diff-view.css';
import { useMemo } from 'react';
import { Decoration, Diff, Hunk, type HunkData, type HunkTokens, markEdits, parseDiff, tokenize } from 'react-diff-view';
import { type DiffFile, diffFiles } from './diff-files';
import classes from './reasoning-lane.module.css';

/** Past this many characters a table row for each line costs more than it shows. */
const PLAIN_FROM = 60_000;

/** A unified diff, file by file, with the changed words of each line marked. What cannot be parsed is shown as it is. */
export default function DiffView({ diff }: { diff: string }) {
  const files = useMemo(() => (diff.length > PLAIN_FROM ? [] : diffFiles(diff)), [diff]);
  if (files.length === 0) return <pre className={classes.plainDiff}>{diff}</pre>;
  // biome-ignore lint/suspicious/noArrayIndexKey: a diff is replaced whole, never reordered
  return files.map((file, index) => <FileDiff key={`${index} ${file.path}`} file={file} />);
}

function FileDiff({ file }: { file: DiffFile }) {
  const parsed = useMemo(() => parsedFile(file.text), [file.text]);
  return (
    <figure className={classes.diff}>
      <figcaption>
        <code className={classes.diffPath}>{file.path}</code>
        <span className={classes.added}>+{file.added}</span>
        <span className={classes.removed}>−{file.removed}</span>
      </figcaption>
      {parsed ? (
        <Diff viewType="unified" diffType={parsed.type} hunks={parsed.hunks} tokens={parsed.tokens}>
          {(hunks) =>
            hunks.flatMap((hunk) => [
              <Decoration key={`head ${hunk.content}`}>
                <span className={classes.hunkHead}>{hunk.content}</span>
              </Decoration>,
              <Hunk key={hunk.content} hunk={hunk} />,
            ])
          }
        </Diff>
      ) : (
        <pre className={classes.plainDiff}>{file.text}</pre>
      )}
    </figure>
  );
}

function parsedFile(text: string) {
  try {
    const [file] = parseDiff(text, { nearbySequences: 'zip' });
    return file && { type: file.type, hunks: file.hunks, tokens: tokensOf(file.hunks) };
  } catch {
    return undefined;
  }
}

/** Marks what changed within a line; a diff that defeats the marking is shown without. */
function tokensOf(hunks: HunkData[]): HunkTokens | null {
  try {
    return tokenize(hunks, { highlight: false, enhancers: [markEdits(hunks, { type: 'block' })] });
  } catch {
    return null;
  }
}
