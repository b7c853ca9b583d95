import type { TraceStatus } from '@selfheal/contracts';
import { Icon } from './Icon';
import classes from './shared.module.css';
import { lookOf } from './status';

export function StatusBadge({ status, large = false }: { status: TraceStatus; large?: boolean }) {
  const { tone, icon, label } = lookOf(status);
  return (
    <span className={large ? classes.badgeLarge : classes.badge} data-tone={tone} data-status={status}>
      <Icon name={icon} size={large ? 17 : 12} />
      {label}
    </span>
  );
}
