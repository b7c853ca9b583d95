'use client';
import { TextInput } from '@mantine/core';
import type { HealingTrace } from '@selfheal/contracts';
import { useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { NumberedLog } from '../live/heals';
import { Lane } from '../shared/Lane';
import { clock } from '../text/format';
import { filterLines, type LogLine, logLines } from './log-lines';
import classes from './patch-logs.module.css';

const NONE: readonly NumberedLog[] = [];
/** Within this many pixels of its end the log is being followed. */
const AT_END_PX = 24;

/** Events and progress lines as they come. It follows the end until the reader scrolls away from it. */
export function PatchLogs({ trace, progress = NONE }: { trace: HealingTrace; progress: readonly NumberedLog[] | undefined }) {
  const [filter, setFilter] = useState('');
  const wanted = useDeferredValue(filter);
  const [following, setFollowing] = useState(true);
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => logLines(trace.audit, progress), [trace.audit, progress]);
  const shown = useMemo(() => filterLines(lines, wanted), [lines, wanted]);

  const toEnd = () => scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when lines come
  useLayoutEffect(() => {
    if (following) toEnd();
  }, [following, shown]);
  const onScroll = () => {
    const { current } = scroller;
    if (current) setFollowing(current.scrollHeight - current.scrollTop - current.clientHeight < AT_END_PX);
  };

  const count = shown.length === lines.length ? `${lines.length} lines` : `${shown.length} of ${lines.length} lines`;
  const controls = (
    <div className={classes.controls}>
      <span className={classes.count} data-testid="log-count">
        {count}
      </span>
      {!following && (
        <button type="button" className={classes.jump} onClick={() => setFollowing(true)}>
          Jump to the newest
        </button>
      )}
      <TextInput
        size="xs"
        className={classes.filter}
        aria-label="Filter the log"
        placeholder="Filter"
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
      />
    </div>
  );

  return (
    <Lane title="Patch logs" aside={controls} className={classes.lane ?? ''}>
      <div
        ref={scroller}
        onScroll={onScroll}
        className={classes.log}
        role="log"
        aria-live="off"
        aria-label="Log lines"
        data-testid="patch-logs"
      >
        {shown.map((line) => (
          <Line key={line.key} line={line} />
        ))}
        {shown.length === 0 && (
          <p className={classes.none}>{lines.length === 0 ? 'No lines yet.' : 'No line contains all of these words.'}</p>
        )}
      </div>
    </Lane>
  );
}

function Line({ line }: { line: LogLine }) {
  return (
    <p className={classes.line} data-level={line.level}>
      <time className={classes.time} dateTime={line.at} suppressHydrationWarning>
        {clock(line.at)}
      </time>
      <span className={classes.source}>{line.source}</span>
      <span className={classes.text}>
        {line.event && <strong className={classes.event}>{line.event}</strong>}
        {line.text}
      </span>
    </p>
  );
}
