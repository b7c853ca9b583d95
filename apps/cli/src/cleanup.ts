/** What has been started, undone in reverse order and once, however the command ends. */
export class Cleanup {
  #steps: (() => Promise<unknown> | unknown)[] = [];

  add(step: () => Promise<unknown> | unknown): void {
    this.#steps.push(step);
  }

  /** Every step runs, even when another fails: the reaper of libs/stack ends what is left. */
  async run(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step();
      } catch {
        // Already gone, or the reaper's.
      }
    }
  }
}
