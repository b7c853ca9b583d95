import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { tmpDir } from '@selfheal/testing';
import { controlUrl, liveUrl, loadTarget, TargetRegistry } from './registry.js';
import { strategyOf } from './strategies/index.js';
import { TargetError } from './targets.config.js';

const VARIABLE_URL = 'http://127.0.0.1:$'.concat('{SELFHEAL_SPEC_PORT}');
const yaml = (name: string, base = 'http://127.0.0.1:3000/', control = 'http://127.0.0.1:4000') =>
  `name: ${name}\nstart: { command: [node, a.js] }\nbase_url: ${base}\ndeploy: { strategy: hot-reload, control_url: '${control}' }\n`;

async function aRoot(text?: string): Promise<string> {
  const root = await realpath(await tmpDir('selfheal-registry-'));
  if (text !== undefined) await writeFile(join(root, 'selfheal.yaml'), text);
  return root;
}

describe('TargetRegistry', () => {
  it('knows targets by name', async () => {
    const [shop, bank] = [await aRoot(yaml('shop')), await aRoot(yaml('bank'))];
    const registry = await TargetRegistry.load([shop, bank]);
    expect(registry.get('bank')).toMatchObject({ root: bank, config: { name: 'bank' } });
    expect(registry.all().map(({ root }) => root)).toEqual([shop, bank]);
    expect(registry.get('nowhere')).toBeUndefined();
  });

  it('refuses two targets of one name and says where both are', async () => {
    const roots = [await aRoot(yaml('shop')), await aRoot(yaml('shop'))];
    await expect(TargetRegistry.load(roots)).rejects.toThrow(new TargetError(`two targets are named shop: ${roots[0]} and ${roots[1]}`));
  });

  it('says which file is missing, and which is wrong where', async () => {
    const [empty, wrong] = [await aRoot(), await aRoot(yaml('"a b"'))];
    await expect(TargetRegistry.load([empty])).rejects.toThrow(`${join(empty, 'selfheal.yaml')} is missing`);
    await expect(TargetRegistry.load([wrong])).rejects.toThrow(`${join(wrong, 'selfheal.yaml')}:1: name: `);
  });

  it('says why a file cannot be read', async () => {
    const root = await aRoot();
    await mkdir(join(root, 'selfheal.yaml'));
    await expect(loadTarget(root)).rejects.toThrow(TargetError);
  });

  it('gives the real path of a root behind a link: stacks name real paths', async () => {
    const root = await aRoot(yaml('shop'));
    const link = join(await tmpDir('selfheal-registry-'), 'link');
    await symlink(root, link);
    expect((await loadTarget(link)).root).toBe(root);
  });

  it('has a strategy for each target', async () => {
    expect(strategyOf(await loadTarget(await aRoot(yaml('shop')))).name).toBe('hot-reload');
  });
});

describe('addresses', () => {
  afterEach(() => {
    delete process.env.SELFHEAL_SPEC_PORT;
  });

  it('take variables from the environment, and lose a slash at the end', async () => {
    process.env.SELFHEAL_SPEC_PORT = '3999';
    const target = await loadTarget(await aRoot(yaml('shop', `${VARIABLE_URL}/`, 'http://127.0.0.1:4000/')));
    expect(liveUrl(target)).toBe('http://127.0.0.1:3999');
    expect(controlUrl(target)).toBe('http://127.0.0.1:4000');
  });

  it('name the variable that is not set', async () => {
    const target = await loadTarget(await aRoot(yaml('shop', VARIABLE_URL)));
    expect(() => liveUrl(target)).toThrow(/\$\{SELFHEAL_SPEC_PORT\}.*not set/);
  });

  it.each(['file:///etc/passwd', 'nonsense', 'javascript:alert(1)'])('are http, not %s', async (address) => {
    const target = await loadTarget(await aRoot(yaml('shop', 'http://127.0.0.1:1', address)));
    expect(() => controlUrl(target)).toThrow(/deploy\.control_url: not an http\(s\) URL/);
  });
});
