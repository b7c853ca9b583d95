import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { type AnyHealingEvent, LEARNING_RECORD, learnedFixesKey } from '@selfheal/contracts';
import { Broker } from '@selfheal/messaging';
import { LearningRepository } from '@selfheal/persistence';
import { Events } from 'nats';

/** At start so many fingerprints are written, the latest: the others are written when they come up again. */
const MOST_AT_START = 2000;

/** Events after which something is known of a patch. */
const TEACHING: ReadonlySet<AnyHealingEvent['type']> = new Set([
  'HEALED',
  'ESCALATED',
  'GUARDRAIL_REJECTED',
  'APPROVAL_DENIED',
  'VERIFY_REPLAY_FAIL',
  'ROLLBACK_DONE',
]);

/**
 * Writes what heals taught from Postgres to the broker, for the services that have no database: all of it at start and when a broker
 * comes back, one fingerprint when its heal teaches something. No heal waits for it; what fails is written the next time.
 */
@Injectable()
export class LearningService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger(LearningService.name);
  readonly #pending = new Set<string>();
  #all = false;
  #stopped = false;
  #running: Promise<void> | undefined;

  constructor(
    @Inject(Broker) private readonly broker: Broker,
    @Inject(LearningRepository) private readonly learning: LearningRepository,
  ) {}

  onApplicationBootstrap(): void {
    void this.#watch();
    this.#request(() => {
      this.#all = true;
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  /** The event has been projected: what it teaches is written soon. */
  note(event: AnyHealingEvent, fingerprint: string | undefined): void {
    if (fingerprint !== undefined && TEACHING.has(event.type)) this.#request(() => this.#pending.add(fingerprint));
  }

  #request(what: () => void): void {
    what();
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** One round after the other; what is asked for meanwhile is in the next. */
  async #run(): Promise<void> {
    while ((this.#all || this.#pending.size > 0) && !this.#stopped) {
      const [all, pending] = [this.#all, [...this.#pending]];
      this.#all = false;
      this.#pending.clear();
      try {
        const fingerprints = new Set([...pending, ...(all ? await this.learning.fingerprints(MOST_AT_START) : [])]);
        await this.broker.learning.write(LEARNING_RECORD, await this.learning.record());
        for (const one of fingerprints) {
          if (this.#stopped) return;
          await this.broker.learning.write(learnedFixesKey(one), await this.learning.fixesOf(one));
        }
      } catch (error) {
        this.#logger.warn(`what heals taught could not be written to the broker: ${error instanceof Error ? error.message : error}`);
        return;
      }
    }
  }

  async #watch(): Promise<void> {
    for await (const { type } of this.broker.connection.status()) {
      if (this.#stopped) return;
      if (type !== Events.Reconnect) continue;
      this.#request(() => {
        this.#all = true;
      });
    }
  }
}
