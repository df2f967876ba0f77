import { stubUrl } from './support/addresses';
import { accessibilityProblems, callsWith, expect, test, WorkbenchPage } from './support/test';

test('one experiment compares the models of two providers', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.chooseModel('seedling-1');
  await workbench.fill({ Prompt: 'Two providers, one question.' });
  await workbench.choose('Pace', 'instant');
  await workbench.choose('Vary between runs', 'model');
  await page.getByLabel('A model to add').selectOption('one-slot: stub-same');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByLabel('Models', { exact: true })).toHaveValue('seedling-1, one-slot: stub-same');
  await expect(page.getByRole('button', { name: 'Add', exact: true })).toBeDisabled();
  await workbench.fill({ 'Runs each': '1' });
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await workbench.run();
  await expect(workbench.column(1)).toContainText('seedling-1');
  await expect(workbench.column(2)).toContainText('one-slot: stub-same');
  await expect(workbench.column(2)).toContainText('The quick brown fox');
  await expect(page.getByText('The settings differ in provider and model')).toBeVisible();
  await expect(page.getByText(`${stubUrl}/v1`).first()).toBeVisible();
  await page.reload();
  await workbench.reach('Vary between runs');
  await expect(page.getByLabel('Models', { exact: true })).toHaveValue('seedling-1, one-slot: stub-same');
});

test('why a provider lists no models is said, and one can be named all the same', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const model = await workbench.reach('Model');
  await expect(page.getByText('Without a key does not list its models.')).toBeVisible();
  await expect(
    page.getByText('The key was refused (401). The provider says: Incorrect API key provided.'),
  ).toBeVisible();
  await model.selectOption('no-key/');
  await page.getByLabel('Name of the model').fill('stub-same');
  await workbench.fill({ Prompt: 'Let me in.', Runs: '1' });
  expect(await accessibilityProblems(page)).toEqual([]);
  await workbench.run();
  await expect(workbench.column(1)).toContainText('The key was refused (401)');
});

test('runs that a provider is not asked for yet wait for their turn, and are counted', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.vary('nothing');
  await (await workbench.reach('Model')).selectOption('one-slot/stub-endless');
  const prompt = 'One after the other, please.';
  await workbench.fill({ Prompt: prompt, Runs: '3' });
  await workbench.run();
  await expect(workbench.column(1)).toContainText('Streaming');
  await expect(workbench.column(3)).toContainText('Waiting for its turn');
  await expect(page.getByText('1 of 3 still running, 2 waiting for their turn.')).toBeVisible();
  const { calls } = await (await page.request.get('/api/health')).json();
  // Another story may ask the same provider meanwhile.
  const oneSlot = calls.find(({ provider }: { provider: string }) => provider === 'one-slot');
  expect(oneSlot).toMatchObject({ inFlight: 1 });
  expect(oneSlot.waiting).toBeGreaterThanOrEqual(2);
  expect(await callsWith(prompt)).toHaveLength(1);
  await workbench.stopButton.click();
  await expect(workbench.column(3)).toContainText('Stopped before any text');
});

test('a wait that the provider asks for is shown while it lasts, and can be stopped', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.vary('nothing');
  await workbench.chooseModel('stub-asks-to-wait');
  await workbench.fill({ Prompt: 'Not so fast.', Runs: '1' });
  await workbench.run();
  await expect(workbench.column(1)).toContainText('The provider asks to wait 120 s (attempt 2 follows)');
  await workbench.stopButton.click();
  await expect(workbench.column(1)).toContainText('Stopped before any text');
});
