'use client';
import { Button } from '@mantine/core';
import { Blank } from '../shared/Blank';

/** The page itself broke: say so, and offer to draw it again from what the gateway has. */
export default function PageError({ reset }: { error: Error; reset: () => void }) {
  return (
    <main>
      <Blank icon="alert" title="The dashboard stumbled" action={<Button onClick={reset}>Draw it again</Button>}>
        Healing is not affected: it runs without this page.
      </Blank>
    </main>
  );
}
