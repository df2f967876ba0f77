import type { Locator, Page } from '@playwright/test';
import { accessibilityProblems, expect, test, WorkbenchPage } from './support/test';

test.beforeEach(async ({ page }) => {
  await new WorkbenchPage(page).open();
});

/** Probes a model from its chip, to the end. */
async function probe(page: Page, model: string): Promise<void> {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel(model);
  await page.getByRole('button', { name: 'Probe this model' }).click();
  await expect(page.getByRole('heading', { name: `What came of probing ${model}` })).toBeVisible();
}

/** The row of a setting in the table of findings. */
const finding = (page: Page, setting: string): Locator =>
  page
    .getByRole('table', { name: 'What each setting does here' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: setting }) });

test('a press finds out what a model makes of its settings, and keeps it under a permalink', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.fill({ Prompt: 'My own prompt.' });
  await probe(page, 'stub-seeds');
  await expect(finding(page, 'Seed')).toContainText('has an effect');
  await expect(finding(page, 'Seed')).toContainText('10 of 10 pairs equal with one seed');
  await expect(finding(page, 'Temperature')).toContainText('has an effect');
  await expect(finding(page, 'Top-p')).toContainText('has an effect');
  await expect(finding(page, 'Fingerprint')).toContainText('fp_stub_alpha');
  await expect(workbench.field('Prompt')).toHaveValue('My own prompt.');
  expect(await accessibilityProblems(page)).toEqual([]);
  await expect(page).toHaveURL(/\/e\//);
  const id = page.url().split('/').at(-1);
  await page.reload();
  await expect(finding(page, 'Seed')).toContainText('has an effect');
  const answer = await (await page.request.get(`/api/experiments/${id}`)).json();
  expect(answer.runs.filter(({ status }: { status: string }) => status === 'ended')).toHaveLength(11);
  expect(answer.probe[0]).toMatchObject({ parameter: 'seed', state: 'effective' });
});

test('a seed that does nothing, and one that gives one text whatever it is, are told apart', async ({ page }) => {
  await probe(page, 'stub-drops-seeds');
  await expect(finding(page, 'Seed')).toContainText('no visible effect');
  await expect(finding(page, 'Seed')).toContainText('0 of 15 pairs equal with one seed');
  await expect(finding(page, 'Temperature')).toContainText('has an effect');
  await probe(page, 'stub-one-seed');
  await expect(finding(page, 'Seed')).toContainText('ignored');
  await expect(finding(page, 'Seed')).toContainText('Every seed gives one text');
});

test('what is refused is quoted, and spoils nothing else', async ({ page }) => {
  await probe(page, 'stub-reasoning');
  await expect(finding(page, 'Temperature')).toContainText('refused');
  await expect(finding(page, 'Temperature')).toContainText("'temperature' is not supported with this model");
  await expect(finding(page, 'Seed')).toContainText('has an effect');
  await expect(finding(page, 'Top-p')).toContainText('has an effect');
  await probe(page, 'stub-five-logprobs');
  await expect(finding(page, 'Logprobs')).toContainText('At most 5 for each token. 20 were refused.');
});
