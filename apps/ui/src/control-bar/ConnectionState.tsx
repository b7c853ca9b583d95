import type { Connection } from '../live/live-feed';
import classes from './control-bar.module.css';

const WORDS: Record<Connection, { text: string; tone: string }> = {
  connecting: { text: 'Connecting', tone: 'quiet' },
  live: { text: 'Live', tone: 'healed' },
  reconnecting: { text: 'Reconnecting', tone: 'waiting' },
};

/** Whether what is shown is what is: announced when it changes. */
export function ConnectionState({ connection, gatewayUrl }: { connection: Connection; gatewayUrl: string }) {
  const { text, tone } = WORDS[connection];
  return (
    <span
      className={classes.connection}
      data-tone={tone}
      data-testid="connection"
      data-state={connection}
      title={gatewayUrl}
      aria-live="polite"
    >
      {text}
    </span>
  );
}
