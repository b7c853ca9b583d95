import { EventPattern } from '@nestjs/microservices';
import type { AnyHealingEvent, FailureEvent, HealingEvent, HealingEventType } from '@selfheal/contracts';
import type { Pattern } from './consumers.js';
import type { HealContext } from './heal-context.js';
import type { Outcome } from './outcome.js';

type Heard<P extends Pattern> = P extends 'FAILURE' ? FailureEvent : P extends HealingEventType ? HealingEvent<P> : AnyHealingEvent;
type HandlerOf<P extends Pattern> = (event: Heard<P>, ctx: HealContext) => Promise<Outcome[]>;

/**
 * Nest's `@EventPattern` with types: the handler must take the payload of the event it names and return outcomes.
 * `@Hears('RCA_READY') async patch(@Payload() event: HealingEvent<'RCA_READY'>, @Ctx() ctx: HealContext)`
 */
export const Hears =
  <P extends Pattern>(pattern: P) =>
  (target: object, name: string | symbol, descriptor: TypedPropertyDescriptor<HandlerOf<P>>): void => {
    EventPattern<string>(pattern)(target, name, descriptor);
  };
