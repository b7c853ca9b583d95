'use client';
import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Icon } from '../shared/Icon';

export function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: true });
  // The server does not know the reader's scheme: until the page is alive the button shows neither.
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const next = scheme === 'dark' ? 'light' : 'dark';
  return (
    <ActionIcon variant="subtle" color="gray" size={32} onClick={() => setColorScheme(next)} aria-label={`Switch to the ${next} scheme`}>
      {alive && <Icon name={next === 'light' ? 'sun' : 'moon'} />}
    </ActionIcon>
  );
}
