import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { repositoryRoot } from '@selfheal/stack';
import { tmpDir } from '@selfheal/testing';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { CliProcess } from '../demo/fixtures/cli-process.js';

const MINUTES = 60_000;
/** Without these a browser in a container calls out, or does not start as root. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Pictures of this run, for a person to look at. */
const PICTURES = join(repositoryRoot, 'test-results', 'ui');

describe('the dashboard, in a real browser on the whole system', () => {
  let cli: CliProcess;
  let browser: BrowserContext;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    cli = new CliProcess('demo', '--keep', '--json');
    const [, ui] = await cli.line(/^ +ui +(http:\S+)$/);
    const executablePath = process.platform === 'linux' ? '/usr/bin/chromium' : chromium.executablePath();
    browser = await chromium.launchPersistentContext(await tmpDir('selfheal-chromium-'), {
      executablePath,
      args: QUIET,
      viewport: { width: 1440, height: 1000 },
    });
    await mkdir(PICTURES, { recursive: true });
    page = await browser.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${ui}`);
  }, 5 * MINUTES);
  afterAll(async () => {
    await browser?.close();
    await cli?.destroy();
  }, MINUTES);

  const status = () => page.getByTestId('heal-status');
  const healed = () => page.waitForSelector('[data-testid="heal-status"][data-status="HEALED"]', { timeout: MINUTES });

  it(
    'shows the heal that is over: its steps, cause, patch, verdicts and proof',
    async () => {
      await healed();
      expect(await status().textContent()).toMatch(/healed/i);
      expect(await page.getByTestId('cause').textContent()).toContain('refundAmount');
      for (const step of ['detect', 'rca', 'patch', 'guardrail', 'deploy', 'verify']) {
        expect(await page.locator(`[data-step="${step}"][data-status="succeeded"]`).count()).toBeGreaterThan(0);
      }
      for (const box of ['allowlist', 'max_loc', 'no_secrets', 'no_dangerous_ops']) {
        expect(await page.getByTestId(`guardrail-${box}`).getAttribute('data-state')).toBe('passed');
      }
      await page.getByTestId('diff').getByText('refundTotal').first().waitFor();
      await page.screenshot({ path: join(PICTURES, 'healed.png') });
      expect(errors).toEqual([]);
    },
    2 * MINUTES,
  );

  it(
    'breaks the shop at a click and follows the new heal live to its end',
    async () => {
      const before = await page.getByTestId('trace-id').textContent();
      await page.getByLabel('Fault').selectOption('guest-null-address');
      await page.getByTestId('break-it').click();
      const another = page.getByTestId('trace-id').filter({ hasNotText: before ?? '' });
      await another.waitFor({ timeout: MINUTES });
      await page.screenshot({ path: join(PICTURES, 'running.png') });
      await healed();
      expect(await page.getByTestId('cause').textContent()).toMatch(/null|address/i);
      expect(await page.getByTestId('heal').count()).toBe(2);
      await page.getByTestId('patch-logs').getByText('guardrail').first().waitFor();
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.screenshot({ path: join(PICTURES, 'healed-dark.png') });
      expect(errors).toEqual([]);
    },
    3 * MINUTES,
  );
});
