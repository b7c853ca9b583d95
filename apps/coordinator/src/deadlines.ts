import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { type AnyHealingEvent, healingEvent } from '@selfheal/contracts';
import { HealRepository } from '@selfheal/persistence';
import { deadlineOf, decide } from './decide.js';
import { HealStream } from './heal-stream.js';
import { inTrace } from './in-trace.js';
import { POLICY, type Policy } from './policy.js';

/** What could not be finished (the broker or the database is away, or events are still to be heard) is tried again after this long. */
const AGAIN_MS = 1000;
/** A deadline that another replica stored, and did not live to see, is found after this long at the latest. */
const LONGEST_SLEEP_MS = 60_000;

/**
 * Fires deadlines with one timer, set to the earliest one in Postgres. At start it also says what was decided before a crash and not said.
 *
 * Times are compared with this machine's clock, while deadlines count from the broker's: a skew between the two moves a deadline by as
 * much and changes nothing else.
 */
@Injectable()
export class Deadlines implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger(Deadlines.name);
  /** Heals that may have decisions which have not been said. */
  readonly #unsaid = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #at = Number.POSITIVE_INFINITY;
  #firing: Promise<void> | undefined;
  #stopped = false;

  constructor(
    @Inject(HealRepository) private readonly heals: HealRepository,
    @Inject(HealStream) private readonly stream: HealStream,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const traceId of await this.heals.openTraces()) this.#unsaid.add(traceId);
    this.#wakeAt(Date.now());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#firing;
  }

  /** A heal has this deadline now. */
  note(at: Date | undefined): void {
    if (at) this.#wakeAt(at.getTime());
  }

  #wakeAt(at: number): void {
    if (this.#stopped || at >= this.#at) return;
    this.#at = at;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#wake(), Math.min(LONGEST_SLEEP_MS, Math.max(0, at - Date.now())));
  }

  #wake(): void {
    this.#at = Number.POSITIVE_INFINITY;
    this.#firing = (this.#firing ?? Promise.resolve()).then(() => this.#fire());
  }

  async #fire(): Promise<void> {
    const now = new Date();
    let next = now.getTime() + LONGEST_SLEEP_MS;
    try {
      const finished = await this.#handleDue(now);
      const later = await this.heals.nextDeadline(now);
      next = Math.min(next, later?.getTime() ?? next, finished ? next : Date.now() + AGAIN_MS);
    } catch (error) {
      this.#logger.warn(`deadlines cannot be read: ${error instanceof Error ? error.message : error}`);
      next = Date.now() + AGAIN_MS;
    }
    this.#wakeAt(next);
  }

  /** @returns whether nothing is left to be tried again */
  async #handleDue(now: Date): Promise<boolean> {
    const due = await this.heals.dueDeadlines(now);
    let finished = true;
    for (const traceId of new Set([...this.#unsaid, ...due.map((deadline) => deadline.traceId)])) {
      if (this.#stopped) break;
      finished = (await this.#handle(traceId, now)) && finished;
    }
    return finished;
  }

  async #handle(traceId: string, now: Date): Promise<boolean> {
    try {
      const heardAll = (await this.stream.last(traceId)) <= (await this.stream.heardUpTo());
      // What arrived in time counts, also when we were not there to hear it: it is heard first.
      const expired = heardAll && (await this.heals.expire(traceId, now, (heal) => deadlineOf(heal, this.policy)));
      if (expired) this.#unsaid.add(traceId);
      if (this.#unsaid.has(traceId)) await this.#say(traceId);
      return heardAll;
    } catch (error) {
      this.#logger.warn(`heal ${traceId}: its deadline could not be dealt with: ${error instanceof Error ? error.message : error}`);
      return false;
    }
  }

  async #say(traceId: string): Promise<void> {
    const heal = await this.heals.getHeal(traceId);
    const decisions = decide(heal, this.policy);
    if (decisions.length > 0)
      await inTrace('deadline', traceId, async () => {
        for (const { type, payload } of decisions)
          await this.stream.publish(healingEvent(type, traceId, new Date().toISOString(), payload) as AnyHealingEvent);
      });
    this.#unsaid.delete(traceId);
    this.note(deadlineOf(heal, this.policy)?.at);
  }
}
