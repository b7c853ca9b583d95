import type { Fault } from '@selfheal/stack';
import { breakShop, makeGood } from '../heal/break-and-heal.js';
import type { HealFollower } from '../heal/follow.js';
import type { System } from '../system/system.js';
import { Busy } from './control-server.js';

/** Breaks the shop when a person asks for it in the UI, one heal at a time. */
export class OnDemand {
  #system: System | undefined;
  #follower: HealFollower | undefined;
  #breaking = false;

  allow(system: System, follower: HealFollower): void {
    this.#system = system;
    this.#follower = follower;
  }

  /** Resolves with the status of the answer to the failing request. @throws Busy */
  async break(fault: Fault): Promise<number> {
    if (!this.#system) throw new Busy('the demo is busy with its own heal');
    if (this.#breaking || this.#follower?.busy) throw new Busy('a heal is going on');
    this.#breaking = true;
    try {
      await makeGood(this.#system);
      return (await breakShop(this.#system, fault)).status;
    } finally {
      this.#breaking = false;
    }
  }
}
