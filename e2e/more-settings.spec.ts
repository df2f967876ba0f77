import { accessibilityProblems, callsWith, expect, test, WorkbenchPage } from './support/test';

const typed = {
  'Stop sequences': 'END\n\\n\\n',
  'Frequency penalty': '0.5',
  'Presence penalty': '-1',
  'Logit bias': '50256: -100\n15: 2.5',
};
const sent = {
  stop: ['END', '\n\n'],
  frequency_penalty: 0.5,
  presence_penalty: -1,
  logit_bias: { 15: 2.5, 50256: -100 },
  reasoning_effort: 'low',
};

test('settings that few people need are sent as they are typed, and are in the link', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  const prompt = 'With all that there is to set.';
  await workbench.open();
  await workbench.vary('nothing');
  await workbench.chooseModel('stub-same');
  await page.getByText('More settings (none)').click();
  await workbench.fill({ Prompt: prompt, Runs: '1', ...typed });
  await page.getByLabel('Reasoning effort').selectOption('low');
  await workbench.run();
  await expect(workbench.column(1)).toContainText('Done');
  expect((await callsWith(prompt)).map(({ body }) => body)).toMatchObject([sent]);
  await page.getByLabel('Presence penalty').fill('1');
  await page.waitForURL(/#r=/);
  await page.reload();
  await expect(page.getByLabel('Presence penalty')).toHaveValue('1');
  await expect(page.getByLabel('Logit bias')).toHaveValue('15: 2.5\n50256: -100');
  await expect(page.getByLabel('Reasoning effort')).toHaveValue('low');
  await expect(page.getByText('asks for more than the form can show')).toBeHidden();
});

for (const [field, value, message] of [
  ['Frequency penalty', '3', 'Frequency penalty must be a number from -2 to 2.'],
  ['Presence penalty', 'x', 'Presence penalty must be a number from -2 to 2.'],
  ['Stop sequences', 'a\nb\nc\nd\ne', 'Stop sequences may be at most 4, one a line, of at most 200 characters.'],
  ['Logit bias', '50256', 'Logit bias must map token ids to numbers, one a line, as in 50256: -100.'],
  ['Logit bias', '50256: 101', 'Logit bias must be a number from -100 to 100.'],
] as const)
  test(`the form refuses ${field} ${JSON.stringify(value)} beside the field, though it is folded away`, async ({
    page,
  }) => {
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    await page.getByText('More settings (none)').click();
    const control = page.getByLabel(field, { exact: true });
    await control.fill(value);
    await page.getByText('More settings', { exact: true }).click();
    await expect(control).toBeHidden();
    await workbench.run();
    await expect(control).toBeFocused();
    await expect(control).toHaveAccessibleDescription(message);
  });

test('reasoning effort and penalties can vary between runs', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.chooseModel('stub-same');
  await page.getByLabel('Vary between runs').selectOption('reasoning_effort');
  await expect(page.getByLabel('Values')).toHaveValue('low, medium, high');
  await page.getByLabel('Runs each', { exact: true }).fill('1');
  await workbench.run();
  await expect(workbench.column(3)).toContainText('reasoning effort high');
  await page.getByLabel('Vary between runs').selectOption('presence_penalty');
  await page.getByLabel('Values').fill('-1, 0, .., 1');
  await page.getByLabel('Runs each', { exact: true }).fill('2');
  await workbench.run();
  await expect(workbench.column(1)).toContainText('presence penalty -1');
  await expect(page.getByRole('table', { name: 'Texts by setting' }).getByRole('rowheader')).toHaveText([
    'presence penalty -1',
    'presence penalty 0',
    'presence penalty 1',
  ]);
});

test('a link hides and locks settings by their own names', async ({ page }) => {
  await page.goto('/?hide=stop&lock=logit_bias,reasoning_effort');
  await page.getByText('More settings (none)').click();
  await expect(page.getByLabel('Stop sequences')).toBeHidden();
  await expect(page.getByLabel('Logit bias')).toBeDisabled();
  await expect(page.getByLabel('Reasoning effort')).toBeDisabled();
  await expect(page.getByLabel('Presence penalty')).toBeEnabled();
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.goto('/?hide=stop,frequency_penalty,presence_penalty,logit_bias,reasoning_effort');
  await expect(page.getByText('More settings')).toBeHidden();
});
