import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { BUCKETS } from '@selfheal/contracts';
import { Broker, compareAndSwap } from '@selfheal/messaging';
import { CONFIG } from '@selfheal/service';
import type { KV } from 'nats';
import type { DetectorConfig } from './detector.config.js';
import { type DetectionPolicy, end, type Incident, incident, type Sighting, sight, type Verdict } from './incident.js';

interface Waiting {
  readonly seen: Sighting;
  readonly done: (result: { verdict: Verdict; traceId: string }) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Incidents by fingerprint in a KV bucket, written by compare-and-swap, so that any number of detectors open exactly one
 * heal. A burst of one failure costs one write: what arrives while a write is under way is counted by the next.
 */
@Injectable()
export class IncidentStore implements OnModuleInit {
  #kv: KV | undefined;
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #policy: DetectionPolicy;

  constructor(
    @Inject(Broker) private readonly broker: Broker,
    @Inject(CONFIG) config: DetectorConfig,
  ) {
    this.#policy = { recentlyHealedMs: config.RECENTLY_HEALED_MS, coolDownMs: config.COOL_DOWN_MS };
  }

  async onModuleInit(): Promise<void> {
    this.#kv = await this.broker.kv(BUCKETS.incidents);
  }

  /** Counts a failure, durably. Gives what it is and the trace of the heal it belongs to. */
  see(fingerprint: string, seen: Sighting): Promise<{ verdict: Verdict; traceId: string }> {
    return new Promise((done, failed) => {
      const queue = this.#waiting.get(fingerprint);
      if (queue) {
        queue.push({ seen, done, failed });
        return;
      }
      this.#waiting.set(fingerprint, [{ seen, done, failed }]);
      void this.#drain(fingerprint);
    });
  }

  /** Marks the end of a heal. */
  async end(fingerprint: string, traceId: string, status: 'healed' | 'escalated', at: string): Promise<void> {
    await this.#update(fingerprint, (known) => known && end(known, traceId, status, at));
  }

  /** Gives an open incident another trace: the one it asked for belongs to an older heal. */
  async retrace(fingerprint: string, from: string, to: string): Promise<void> {
    await this.#update(fingerprint, (known) => known && (known.trace_id === from ? { ...known, trace_id: to } : known));
  }

  /**
   * Claims a trace for an incident: failures that one request brought about share a trace and come at once, yet a trace has
   * one heal. Says whether it is this incident's.
   */
  async claim(traceId: string, fingerprint: string): Promise<boolean> {
    const kv = this.#bucket();
    const key = `trace.${traceId}`;
    return (await compareAndSwap(kv, key, fingerprint, 0)) || (await kv.get(key))?.string() === fingerprint;
  }

  async #drain(fingerprint: string): Promise<void> {
    for (;;) {
      const batch = this.#waiting.get(fingerprint) ?? [];
      if (batch.length === 0) break;
      this.#waiting.set(fingerprint, []);
      await this.#countBatch(fingerprint, batch);
    }
    this.#waiting.delete(fingerprint);
  }

  async #countBatch(fingerprint: string, batch: readonly Waiting[]): Promise<void> {
    try {
      let results: { verdict: Verdict; traceId: string }[] = [];
      await this.#update(fingerprint, (known) => {
        results = [];
        return batch.reduce<Incident | undefined>((current, { seen }) => {
          const { incident: next, verdict } = sight(current, seen, this.#policy);
          results.push({ verdict, traceId: next.trace_id });
          return next;
        }, known);
      });
      batch.forEach(({ done }, i) => {
        done(results[i] as { verdict: Verdict; traceId: string });
      });
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
  }

  /** Read, change, write if nobody wrote in between; else again. */
  async #update(fingerprint: string, change: (known: Incident | undefined) => Incident | undefined): Promise<void> {
    const kv = this.#bucket();
    for (;;) {
      const entry = await kv.get(fingerprint);
      const known = entry && entry.operation === 'PUT' ? incident.parse(entry.json()) : undefined;
      const next = change(known);
      if (!next || next === known) return;
      if (await compareAndSwap(kv, fingerprint, JSON.stringify(next), entry?.revision ?? 0)) return;
    }
  }

  #bucket(): KV {
    if (!this.#kv) throw new Error('the incident store is not ready');
    return this.#kv;
  }
}
