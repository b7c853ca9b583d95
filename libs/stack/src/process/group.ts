import { type ManagedProcess, type ProcessSpec, spawnProcess } from './spawn.js';

/** Processes that live and end together. */
export class ProcessGroup {
  readonly #members: ManagedProcess[] = [];
  #stopping = false;

  /** Starts a process in this group. @throws ProcessError, also when the group has been stopped meanwhile */
  async spawn(spec: ProcessSpec): Promise<ManagedProcess> {
    const member = await spawnProcess(spec);
    this.#members.push(member);
    if (this.#stopping) {
      await member.stop();
      throw new Error(`${spec.name} was not needed any more: its group has been stopped`);
    }
    return member;
  }

  get members(): readonly ManagedProcess[] {
    return this.#members;
  }

  find(name: string): ManagedProcess | undefined {
    return this.#members.find((member) => member.name === name);
  }

  /** Stops all members at once. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#members.map((member) => member.stop()));
  }
}
