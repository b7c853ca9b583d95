import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';
import classes from './shared.module.css';

/** A place that has nothing to show, and says why and what happens next. */
export function Blank({
  icon,
  title,
  children,
  action,
  tone = 'healed',
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  tone?: string;
}) {
  return (
    <div className={classes.blank} data-tone={tone}>
      <span className={classes.blankIcon}>
        <Icon name={icon} size={26} />
      </span>
      <h2 className={classes.blankTitle}>{title}</h2>
      {children && <p className={classes.blankText}>{children}</p>}
      {action}
    </div>
  );
}
