import { accessibilityProblems, expect, test, WorkbenchPage } from './support/test';

test.beforeEach(async ({ page }) => {
  await new WorkbenchPage(page).open();
});

test('one seed, run five times, gives five equal texts', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('seedling-1');
  await workbench.fill({ Prompt: 'Write a haiku about the sea.', Seed: '12345', Temperature: '1' });
  await workbench.run();
  await expect(workbench.verdict('5 of 5 runs identical.')).toBeVisible();
  await expect(workbench.column(5)).toContainText('= Same text as run 1');
  await expect(page.locator('mark')).toHaveCount(0);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'What does this prove?' }).click();
  await expect(page.getByRole('dialog')).toContainText('less than 47 % of runs');
});

test('five seeds give texts that part, and the words that differ are marked', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('seedling-1');
  await workbench.vary('seed');
  await workbench.fill({ Prompt: 'Tell me a story about a dragon.', Seed: '1', Temperature: '1' });
  await page.keyboard.press('Control+Enter');
  await expect(workbench.verdict(/^5 different texts in 5 runs\./)).toBeVisible();
  await expect(workbench.column(3)).toContainText('seed 3');
  expect(await workbench.column(3).locator('mark').count()).toBeGreaterThan(0);
});

test('a recipe without a seed leaves the key out, and its texts differ', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.fill({ Prompt: 'Once upon a time', Temperature: '1' });
  await new WorkbenchPage(page).noSeed();
  await workbench.run();
  await expect(workbench.verdict(/different texts in 5 runs|variants/)).toBeVisible();
  await expect(workbench.column(1)).toContainText('no seed');
});

test('the dice button gives another seed', async ({ page }) => {
  const before = await page.getByLabel('Seed', { exact: true }).inputValue();
  await page.getByRole('button', { name: 'New random seed' }).click();
  await expect(page.getByLabel('Seed', { exact: true })).not.toHaveValue(before);
});

test('a double click on Run runs, and stops nothing', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.fill({ Prompt: 'Name a colour.' });
  await page.getByRole('button', { name: /^Run \d/ }).dblclick();
  await page.waitForURL(/\/e\//);
  await expect(workbench.column(5)).toContainText('Done');
  await expect(page.getByText(/stopped/i)).toHaveCount(0);
});

test('another baseline moves the marks', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await expect(workbench.column(1).locator('mark')).toHaveCount(0);
  await page.getByLabel('Compare with').selectOption('run 5');
  await expect(workbench.column(5)).toContainText('baseline');
  await expect(workbench.column(5).locator('mark')).toHaveCount(0);
  await expect(workbench.column(1).locator('mark')).not.toHaveCount(0);
});

test('changing the recipe keeps the results and says that they are old', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.fill({ Temperature: '1.5' });
  await expect(page.getByText('These results are from other settings.')).toBeVisible();
  await expect(workbench.column(1)).toContainText('Done');
  await workbench.fill({ Temperature: '0.7' });
  await expect(page.getByText('These results are from other settings.')).toBeHidden();
});

test('an experiment can be run with the keyboard alone', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await page.getByLabel('Prompt').focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Tell me a joke');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /^Run 5/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(workbench.verdict(/in 5 runs|of 5 runs/)).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Experiments' })).toBeFocused();
});

test('Esc stops the runs, and what had arrived is kept', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.fill({ Prompt: 'Once upon a time', 'Max tokens': '4000', Temperature: '1.2' });
  await workbench.run();
  await expect(workbench.column(1)).toContainText(/Streaming, \d+ word/);
  await page.keyboard.press('Escape');
  await expect(workbench.column(1)).toContainText(/Stopped at|Done/);
  await expect(page.getByRole('button', { name: /^Run 5/ })).toBeVisible();
});

test('models that cannot be listed are said to be missing, and Seedling runs without them', async ({ page }) => {
  await page.route('**/api/models', (route) => route.fulfill({ status: 500, body: 'no' }));
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.reach('Model');
  await expect(page.getByText('other models cannot be listed at the moment').first()).toBeVisible();
  await workbench.run();
  await expect(workbench.verdict(/in 5 runs|of 5 runs/)).toBeVisible();
});

test('a comparison that fails says so, and a change of the view tries again', async ({ page }) => {
  // A worker that speaks as ours does, and fails at the first request.
  await page.addInitScript(() => {
    let broken = true;
    const Real = window.Worker;
    window.Worker = class extends Real {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (broken)
          this.postMessage = ({ id }: { id: number }) => {
            Reflect.deleteProperty(this, 'postMessage');
            broken = false;
            setTimeout(() =>
              this.dispatchEvent(new MessageEvent('message', { data: { kind: 'failed', id, message: 'No memory' } })),
            );
          };
      }
    };
  });
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const alert = page.getByRole('alert').filter({ hasText: 'The comparison failed: No memory.' });
  await expect(alert).toBeVisible();
  await expect(page.getByRole('region', { name: 'Where the runs part' })).not.toContainText('No differences');
  await page.getByText('Variants', { exact: true }).click();
  await expect(alert).toBeHidden();
});
