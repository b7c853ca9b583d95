/** Restarts in a row after which a server counts as crash-looping. */
export const CRASH_LOOP = 5;
/** A worker that lived this long, in milliseconds, did not fail at its start: counting begins again. */
export const STABLE_MS = 10_000;

/** How many crashes in a row it is now, given how many it was before and how long the last worker lived (ms). */
export const crashesInARow = (before: number, livedMs: number): number => (livedMs >= STABLE_MS ? 1 : before + 1);

/** Milliseconds to wait before restart number `crashes` in a row: 100 ms, doubling, at most 10 s. */
export const restartDelay = (crashes: number): number => Math.min(100 * 2 ** Math.max(0, crashes - 1), 10_000);
