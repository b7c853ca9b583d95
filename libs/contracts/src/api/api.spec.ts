import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import asyncapiSpecs from '@asyncapi/specs';
import { describe, expect, it } from '@jest/globals';
import { aFailure, anEvent } from '@selfheal/testing';
import { Ajv as AjvDraft7 } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { HEALING_EVENT_TYPES, SERVICES, saidBy } from '../pipeline.js';
import { asyncApi } from './asyncapi.js';
import { apiFiles, changedReleases } from './files.js';
import { jsonSchemas } from './json-schemas.js';

const ROOT = resolve(import.meta.dirname, '../../../..');
const DOCS = join(ROOT, 'docs/api');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
formats.default(ajv);
const schemas = jsonSchemas();
const accepts = (name: string, value: unknown): boolean => ajv.validate(schemas[name] ?? false, JSON.parse(JSON.stringify(value)));

describe('docs/api', () => {
  const files = apiFiles(version);

  it.each([...files.keys()])('%s is what the contract says now (npm run api:generate)', (path) => {
    expect(readFileSync(join(DOCS, path), 'utf8')).toBe(files.get(path));
  });

  it('has no file that the contract does not make', () => {
    const found = readdirSync(DOCS, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(found.map((entry) => entry.name).filter((name) => name !== 'released.json')).toHaveLength(files.size);
  });

  it('keeps every released schema as it was released', () => {
    const released = JSON.parse(readFileSync(join(DOCS, 'released.json'), 'utf8')) as Record<string, string>;
    const digestOf = (path: string) =>
      existsSync(join(DOCS, path))
        ? createHash('sha256')
            .update(readFileSync(join(DOCS, path)))
            .digest('hex')
        : undefined;
    expect(changedReleases(released, digestOf)).toEqual([]);
  });
});

describe('changedReleases', () => {
  it('names what changed and what is gone, and nothing else', () => {
    const now: Record<string, string> = { same: '1', changed: '2', added: '3' };
    expect(changedReleases({ same: '1', changed: '1', gone: '1' }, (path) => now[path])).toEqual(['changed', 'gone']);
  });
});

describe('JSON Schemas', () => {
  it.each(HEALING_EVENT_TYPES)('accept a %s and refuse it without its payload, its trace or with another type', (type) => {
    const event = anEvent(type);
    expect(accepts(type, event)).toBe(true);
    for (const wrong of [
      { payload: undefined },
      { trace_id: undefined },
      { type: 'FAILURE' },
      { trace_id: event.trace_id.toUpperCase() },
    ]) {
      expect(accepts(type, { ...event, ...wrong })).toBe(false);
    }
  });

  it('accept a failure of any service, with a trace or without', () => {
    expect(accepts('FAILURE', aFailure())).toBe(true);
    expect(accepts('FAILURE', { ...aFailure(), type: 'HEALED' })).toBe(false);
  });

  it('let a reader meet fields that are newer than it', () => {
    expect(accepts('RCA_FAILED', { ...anEvent('RCA_FAILED'), later: 1 })).toBe(true);
  });
});

describe('AsyncAPI', () => {
  const document = asyncApi(version);

  it('is a valid AsyncAPI 3.0.0 document', () => {
    const draft7 = new AjvDraft7({ strict: false, validateFormats: false });
    const validate = draft7.compile(asyncapiSpecs.schemasWithoutId['3.0.0']);
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('points to schemas and messages that exist', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((m) => m[1] ?? '');
    expect(refs.length).toBeGreaterThan(50);
    const files = apiFiles(version);
    for (const target of refs) {
      if (target.startsWith('./')) expect(files.has(target.slice(2))).toBe(true);
      else {
        const found = target
          .slice(2)
          .split('/')
          .reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document);
        expect(found).toBeDefined();
      }
    }
  });

  it('lets each service send what the pipeline table lets it say, and no more', () => {
    const operations = Object.entries(document.operations as Record<string, { action: string }>);
    for (const service of SERVICES) {
      const sends = operations.filter(([name, { action }]) => action === 'send' && name.startsWith(`${service}-says-`));
      expect(sends.map(([name]) => name.split('-says-')[1])).toEqual(saidBy(service));
    }
  });
});
