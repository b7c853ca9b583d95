/** docker-compose.yml starts what the pipeline table names, and gives each process no more than it needs. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SERVICES } from '@selfheal/contracts';
import { parse } from 'yaml';
import { z } from 'zod';

const ROOT = resolve(import.meta.dirname, '..');
const service = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.string(), dockerfile: z.string(), args: z.object({ APP: z.string() }) }).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  network_mode: z.string().optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
const { services, volumes } = z
  .object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.unknown()) })
  .parse(parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true }));
const named = (name: string) => service.parse(services[name]);

describe('docker-compose.yml', () => {
  it('has a process for each service of the pipeline, and the shop, the UI, the broker and the database', () => {
    expect(Object.keys(services).sort()).toEqual([...SERVICES, 'shop', 'ui', 'nats', 'postgres', 'prepare-shop'].sort());
  });

  it.each(SERVICES)('builds %s from its own folder, tells it where broker and targets are, and watches its health', (name) => {
    const { build, environment, healthcheck, depends_on } = named(name);
    expect(build?.args.APP).toBe(name);
    expect(environment).toMatchObject({
      NATS_URL: 'nats://nats:4222',
      SELFHEAL_TARGETS: expect.stringMatching(/^\/app\//),
      HEALTH_PORT: expect.stringMatching(/^\d+$/),
    });
    expect(healthcheck?.test.join(' ')).toContain('/healthz');
    expect(Object.keys(depends_on)).toEqual(expect.arrayContaining(['nats', 'prepare-shop']));
  });

  it('gives the database to those who use it', () => {
    const users = Object.entries(services).filter(([, { environment }]) => environment.DATABASE_URL);
    expect(users.map(([name]) => name).sort()).toEqual(['coordinator', 'gateway']);
    for (const [name] of users) expect(named(name).depends_on.postgres?.condition).toBe('service_healthy');
  });

  it('lets the deployer alone write to a target and command its runner', () => {
    const writers = Object.keys(services).filter((name) =>
      named(name).volumes.some((v) => v.startsWith('shop-source:') && !v.endsWith(':ro')),
    );
    expect(writers.sort()).toEqual(['deployer', 'prepare-shop']);
    const holders = Object.keys(services).filter((name) => named(name).environment.SELFHEAL_CONTROL_TOKEN);
    expect(holders.sort()).toEqual(['deployer', 'shop']);
    expect(named('deployer').network_mode).toBe('service:shop');
  });

  it('publishes the gateway and the UI, to this machine only', () => {
    const published = Object.entries(services).filter(([, { ports }]) => ports.length > 0);
    expect(published.map(([name]) => name).sort()).toEqual(['gateway', 'ui']);
    for (const [, { ports }] of published) for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('names only files and volumes that exist', () => {
    for (const { build, volumes: mounts } of Object.values(services)) {
      if (build) expect(existsSync(join(ROOT, build.dockerfile))).toBe(true);
      for (const mount of mounts) {
        const [source = ''] = mount.split(':');
        expect(source.startsWith('./') ? existsSync(join(ROOT, source)) : source in volumes).toBe(true);
      }
    }
  });
});
