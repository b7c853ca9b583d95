import { type ReactNode, useId } from 'react';
import classes from './reasoning-lane.module.css';

/** One part of the reasoning, under its own heading. */
export function Card({ title, aside, children, tone }: { title: string; aside?: ReactNode; children: ReactNode; tone?: string }) {
  const id = useId();
  return (
    <section className={classes.card} aria-labelledby={id} data-tone={tone}>
      <header className={classes.cardHead}>
        <h3 id={id}>{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  );
}
