import { expect, test, WorkbenchPage } from './support/test';

test('the fleet has several fingerprints for one seed, and equal texts for equal fingerprints', async ({ page }) => {
  // So wide that twelve columns fit, and none fold into cards.
  await page.setViewportSize({ width: 3700, height: 900 });
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.vary('nothing');
  await workbench.chooseModel('seedling-1-fleet');
  await expect(page.getByText(/One of three back ends answers, by chance/)).toBeVisible();
  await new WorkbenchPage(page).choose('Pace', 'instant');
  await workbench.fill({ Prompt: 'Once upon a time', Seed: '3', Runs: '12', Temperature: '1' });
  await workbench.run();
  await expect(page.getByRole('button', { name: /fingerprints: F1 ×\d/ })).toBeVisible();
  // Fingerprints are numbered by the runs that have ended: the numbers stay once all have.
  await expect(workbench.verdict(/^\d+ of 12 runs identical/)).toBeVisible();
  const textsByFingerprint = new Map<string, Set<string>>();
  for (let run = 1; run <= 12; run++) {
    const column = workbench.column(run);
    const fingerprint = (await column.getByRole('button', { name: /^F\d/ }).textContent()) ?? '';
    const letter = (await column.getByText(/^variant [A-Z]$/).textContent()) ?? '';
    textsByFingerprint.set(fingerprint, (textsByFingerprint.get(fingerprint) ?? new Set()).add(letter));
  }
  expect(textsByFingerprint.size).toBeGreaterThan(1);
  for (const texts of textsByFingerprint.values()) expect(texts.size).toBe(1);
});

test('each press shows one more token in every column, step by step', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.openFiveSeeds();
  await workbench.choose('Pace', 'step by step');
  await workbench.fill({ Prompt: 'Once upon a time', Seed: '1', Temperature: '1' });
  await workbench.run();
  const transport = page.getByRole('region', { name: 'Step by step' });
  await expect(transport).toContainText(/1 of \d+ tokens/);
  await expect(workbench.column(1)).toContainText('Replay, 1 word');
  await transport.getByRole('button', { name: 'Step forward' }).click();
  await expect(workbench.column(1)).toContainText('Replay, 2 words');
  await expect(workbench.verdict('Identical so far: 2 words in 5 runs.')).toBeVisible();
  await transport.getByRole('button', { name: 'Show all' }).click();
  await expect(workbench.column(1)).toContainText(/Done|Cut/);
});
