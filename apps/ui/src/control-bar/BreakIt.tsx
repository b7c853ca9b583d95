'use client';
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { DemoFault, GatewayClient } from '../gateway/gateway-client';
import { messageOf } from '../live/use-dashboard';
import { Icon } from '../shared/Icon';
import classes from './control-bar.module.css';
import { faultMenu } from './fault-menu';

type Outcome = { readonly state: 'idle' | 'busy' } | { readonly state: 'done' | 'refused'; readonly text: string };

/** Makes one of the demo's faults. The heal that follows is shown as soon as it starts. */
export function BreakIt({ client, faults, onBroken }: { client: GatewayClient; faults: readonly DemoFault[]; onBroken: () => void }) {
  const [chosen, setChosen] = useState<string>();
  const [outcome, setOutcome] = useState<Outcome>({ state: 'idle' });
  const fault = faults.find(({ name }) => name === chosen) ?? faults[0];
  if (!fault) return null;

  const breakIt = async () => {
    setOutcome({ state: 'busy' });
    onBroken();
    try {
      await client.breakIt(fault.name);
      setOutcome({ state: 'done', text: `Broken: ${fault.title}.` });
    } catch (error) {
      setOutcome({ state: 'refused', text: messageOf(error) });
    }
  };

  return (
    <section aria-label="Break it" className={classes.breakIt}>
      <NativeSelect
        label="Fault"
        size="sm"
        value={fault.name}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={faultMenu(faults)}
      />
      <Button
        color="red.9"
        fullWidth
        loading={outcome.state === 'busy'}
        leftSection={<Icon name="bolt" />}
        onClick={breakIt}
        data-testid="break-it"
      >
        Break it
      </Button>
      <p className={classes.outcome} data-state={outcome.state} aria-live="polite">
        {'text' in outcome && outcome.text}
      </p>
    </section>
  );
}
