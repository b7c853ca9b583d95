'use client';
import { Skeleton } from '@mantine/core';
import type { HealingTrace } from '@selfheal/contracts';
import { lazy, Suspense } from 'react';
import { Card } from './Card';
import classes from './reasoning-lane.module.css';

const DiffView = lazy(() => import('./DiffView'));

/** The candidate that is proven, or live, or was put back. */
export function PatchCard({ change }: { change: NonNullable<HealingTrace['code_change']> }) {
  const state = change.rolled_back ? 'rolled back' : change.revision ? `live at ${change.revision.slice(0, 10)}` : 'candidate';
  const tone = change.rolled_back ? 'rolling' : change.revision ? 'healed' : 'healing';
  return (
    <Card
      title="Patch"
      aside={
        <span className={classes.pill} data-tone={tone}>
          {state}
        </span>
      }
    >
      <p className={classes.lead}>{change.summary}</p>
      <p className={classes.soft}>{`${change.loc} lines · ${change.template} · ${change.engine}`}</p>
      <div data-testid="diff">
        <Suspense fallback={<Skeleton height={120} radius="md" />}>
          <DiffView diff={change.diff} />
        </Suspense>
      </div>
    </Card>
  );
}
