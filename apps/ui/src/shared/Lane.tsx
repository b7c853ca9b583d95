import { type ReactNode, useId } from 'react';
import classes from './shared.module.css';

/** A titled region of the page: a landmark with its heading, and room for a control beside it. */
export function Lane({
  title,
  aside,
  children,
  className = '',
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  const id = useId();
  return (
    <section className={`${classes.lane} ${className}`} aria-labelledby={id}>
      <header className={classes.laneHead}>
        <h2 id={id} className={classes.laneTitle}>
          {title}
        </h2>
        {aside}
      </header>
      <div className={classes.laneBody}>{children}</div>
    </section>
  );
}
