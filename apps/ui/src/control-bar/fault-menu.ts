import type { DemoFault } from '../gateway/gateway-client';

/** Faults as the groups of a select: families in the order in which they first appear. */
export function faultMenu(faults: readonly DemoFault[]): { group: string; items: { value: string; label: string }[] }[] {
  return [...Map.groupBy(faults, (fault) => fault.family)].map(([group, members]) => ({
    group,
    items: members.map(({ name, title }) => ({ value: name, label: title })),
  }));
}
