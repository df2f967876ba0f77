import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { stubKey, stubUrl } from './support/addresses';
import { type OwnServer, test } from './support/own-server';
import { accessibilityProblems, expect, WorkbenchPage } from './support/test';

/** A server that has no key, and what it keeps. */
async function serverWithoutKey(start: (set: Record<string, string>) => Promise<OwnServer>, folder: string) {
  const SEEDBED_CONFIG = join(folder, 'seedbed.config.json');
  const stub = { id: 'stub', name: 'Stub', baseUrl: `${stubUrl}/v1`, visitorKeys: true };
  writeFileSync(SEEDBED_CONFIG, JSON.stringify({ localServers: false, providers: [stub] }));
  const DATA_DIR = join(folder, 'data');
  const server = await start({ SEEDBED_CONFIG, DATA_DIR });
  const stored = () => readdirSync(DATA_DIR).map((name) => readFileSync(join(DATA_DIR, name), 'latin1'));
  return { server, stored };
}

/** Chooses a model of the stub, whose models are not known without a key. */
async function chooseUnlisted(workbench: WorkbenchPage, model: string): Promise<void> {
  await (await workbench.reach('Model')).selectOption('stub/');
  await workbench.field('Name of the model').fill(model);
  await workbench.page.keyboard.press('Escape');
}

const keyField = (page: Page) => page.getByRole('dialog').getByLabel('Key', { exact: true });

test('a visitor runs with a key of their own, which nothing repeats, and a reload forgets', async ({
  page,
  startOwn,
  newFolder,
}) => {
  const { server, stored } = await serverWithoutKey(startOwn, newFolder());
  const workbench = new WorkbenchPage(page);
  await workbench.open(server.url);
  await workbench.vary('nothing');
  const groups = (await workbench.reach('Model')).locator('optgroup');
  await expect(groups.nth(1)).toHaveAttribute('label', 'Stub, with your own key');
  await expect(groups.nth(2)).toHaveAttribute('label', 'OpenAI, with your own key');
  await chooseUnlisted(workbench, 'stub-repeats-key');
  await workbench.fill({ Prompt: 'What did I send?', Runs: '3', 'Max tokens': '50' });

  // Run asks for it, and goes on once it is there.
  await workbench.run();
  await expect(page.getByRole('dialog', { name: 'Your own key for Stub' })).toBeVisible();
  await expect(keyField(page)).toBeFocused();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.type('short');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('A key has at least 16 letters and digits.');
  await expect(page.getByRole('dialog')).toContainText(
    /3 calls with your key, at most \d+ tokens sent and 150 written/,
  );
  await keyField(page).fill(` ${stubKey} `);
  await page.keyboard.press('Enter');
  await expect(workbench.verdict('3 of 3 runs identical.')).toBeVisible();
  await expect(workbench.column(1)).toContainText('You sent [key] , didn’t you? In Base64 it is [key] .');
  await expect(
    page.getByText(`Sent to ${stubUrl}/v1. With the visitor’s key. [key] stands in runs 1, 2, 3`),
  ).toBeVisible();
  await expect(page.getByRole('form', { name: 'Recipe' })).toContainText(
    /3 calls with your key, at most \d+ tokens sent and 150 written/,
  );
  await workbench.chip('Model').click();
  await expect(page.getByText(`Your key for Stub, which ends in ${stubKey.slice(-4)}, is used`)).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');

  // It is nowhere.
  await expect(page).toHaveURL(/\/e\//);
  const id = page.url().split('/').at(-1) ?? '';
  const formats = ['json', 'csv', 'markdown', 'python', 'typescript', 'curl', 'pack'];
  const addresses = [
    ...[`/e/${id}`, `/e/${id}/embed`, `/api/experiments/${id}`, `/api/experiments/${id}/events`, '/api/experiments'],
    ...formats.map((format) => `/api/experiments/${id}/export?format=${format}`),
  ];
  const answers = await Promise.all(
    addresses.map(async (path) => (await page.request.get(`${server.url}${path}`)).text()),
  );
  const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, location.href]));
  for (const text of [...answers, ...stored(), server.said(), kept]) {
    expect(text).not.toContain(stubKey);
    expect(text).not.toContain(btoa(stubKey).slice(4, 24));
  }
  expect(answers[2]).toContain('"key":"visitor"');

  // A reload forgets it, and running again asks for one.
  await page.reload();
  await expect(page.getByText('With the visitor’s key.')).toBeVisible();
  await page.getByRole('button', { name: 'Run again and compare' }).click();
  await expect(page.getByRole('dialog', { name: 'Your own key for Stub' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Run again and compare' })).toBeFocused();
  await page.getByRole('button', { name: 'Run again and compare' }).click();
  await keyField(page).fill(stubKey);
  await page.getByRole('button', { name: 'Use it and go on' }).click();
  await expect(page.getByRole('heading', { name: '3 of 3 match the stored text.' })).toBeVisible();
});

test('a key is kept in the tab if that is asked, goes along from page to page, and is forgotten', async ({
  page,
  startOwn,
  newFolder,
}) => {
  const { server } = await serverWithoutKey(startOwn, newFolder());
  const workbench = new WorkbenchPage(page);
  await workbench.open(server.url);
  await chooseUnlisted(workbench, 'stub-same');
  await workbench.chip('Model').click();
  await page.getByRole('button', { name: 'Use my own key' }).click();
  await keyField(page).fill(stubKey);
  await page.getByLabel('Keep it in this tab').check();
  await page.getByRole('button', { name: 'Use it', exact: true }).click();
  await expect(workbench.chip('Model')).toBeFocused();

  // With it, its provider says which models there are.
  await workbench.chooseModel('stub-same');
  await expect(page.getByText('This tab keeps it until it is closed.')).toBeVisible();
  await page.reload();
  await workbench.chooseModel('stub-same');
  await page.getByRole('link', { name: 'History' }).click();
  await page
    .getByRole('link', { name: /Seedbed/ })
    .first()
    .click();
  await workbench.chooseModel('stub-same');
  await page.getByRole('button', { name: 'Forget my key' }).click();
  await expect(page.getByText('Stub is asked with a key of your own here.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use my own key' })).toBeFocused();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await page.keyboard.press('Escape');
  await workbench.run();
  await expect(page.getByRole('dialog', { name: 'Your own key for Stub' })).toBeVisible();
});
