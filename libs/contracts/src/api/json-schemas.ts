/** JSON Schemas of the wire contract (draft 2020-12), made from the zod schemas that parse it. */
import { z } from 'zod';
import { failureEvent, healingEventSchema, patchLog } from '../envelope.js';
import { healingTrace } from '../healing-trace.js';
import { HEALING_EVENT_TYPES } from '../pipeline.js';
import { problem } from '../problem.js';
import { targetConfig } from '../target.js';

/** The released line of the contract. A change that an old reader or writer would notice makes a new one. */
export const CONTRACT_VERSION = 'v1';

export type JsonSchema = Record<string, unknown>;

/**
 * Every schema of the contract by its name: `FAILURE`, each event of a heal, `PATCH_LOG`, and what is served or read besides.
 * They describe what a parser accepts (`io: 'input'`): fields with a default may be missing, unknown fields are dropped.
 */
export function jsonSchemas(): Record<string, JsonSchema> {
  const schemas: Record<string, z.ZodType> = {
    FAILURE: failureEvent,
    ...Object.fromEntries(HEALING_EVENT_TYPES.map((type) => [type, healingEventSchema(type)])),
    PATCH_LOG: patchLog,
    HealingTrace: healingTrace,
    Problem: problem,
    TargetConfig: targetConfig,
  };
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, jsonSchema(name, schema)]));
}

function jsonSchema(name: string, schema: z.ZodType): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return { $schema, $id: `urn:selfheal:schema:${CONTRACT_VERSION}:${name}`, title: name, ...rest };
}
