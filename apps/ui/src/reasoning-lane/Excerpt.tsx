import type { SourceLocation } from '@selfheal/contracts';
import { excerptLines } from './excerpt-lines';
import classes from './reasoning-lane.module.css';

/** Lines of source, with their numbers and the line in question marked. */
export function Excerpt({ text, location }: { text: string; location: SourceLocation | undefined }) {
  return (
    <figure className={classes.excerpt}>
      {location && <figcaption>{`${location.file}:${location.line}`}</figcaption>}
      <pre>
        {excerptLines(text, location).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of an excerpt never move
          <span key={index} className={classes.excerptLine} data-marked={line.marked || undefined}>
            {line.number !== undefined && <span className={classes.lineNumber}>{line.number}</span>}
            <code>{`${line.text}\n`}</code>
          </span>
        ))}
      </pre>
    </figure>
  );
}
