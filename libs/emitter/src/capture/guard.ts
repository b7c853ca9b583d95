let warned = false;

/** Says once for the life of the process that the emitter has trouble; the service goes on. */
export function warnOnce(problem: unknown): void {
  if (warned) return;
  warned = true;
  const message = problem instanceof Error ? problem.message : String(problem);
  process.emitWarning(`selfheal emitter: ${message.slice(0, 300)} (said once; the service is not affected)`, 'SelfhealWarning');
}

/** Runs what the emitter does inside the host's work. Whatever happens, the host does not notice. */
export function guarded(work: () => void): void {
  try {
    work();
  } catch (problem) {
    warnOnce(problem);
  }
}
