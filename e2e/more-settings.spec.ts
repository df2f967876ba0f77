import { accessibilityProblems, callsWith, expect, test, WorkbenchPage } from './support/test';

const typed = {
  'Stop sequences': 'END\n\\n\\n',
  'Frequency penalty': '0.5',
  'Presence penalty': '-1',
  'Logit bias': '50256: -100\n15: 2.5',
  'Extra body': '{"top_k": 1, "provider": {"order": ["x"]}}',
};
const sent = {
  stop: ['END', '\n\n'],
  frequency_penalty: 0.5,
  presence_penalty: -1,
  logit_bias: { 15: 2.5, 50256: -100 },
  reasoning_effort: 'low',
  top_k: 1,
  provider: { order: ['x'] },
};

test('settings that few people need are sent as they are typed, and are in the link', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  const prompt = 'With all that there is to set.';
  await workbench.open();
  await workbench.vary('nothing');
  await workbench.chooseModel('stub-same');
  await workbench.fill({ Prompt: prompt, Runs: '1', ...typed });
  await new WorkbenchPage(page).choose('Reasoning effort', 'low');
  await workbench.run();
  await expect.poll(async () => (await callsWith(prompt)).length).toBe(1);
  expect((await callsWith(prompt)).map(({ body }) => body)).toMatchObject([sent]);
  await new WorkbenchPage(page).fill({ 'Presence penalty': '1' });
  await page.waitForURL(/#r=/);
  await page.reload();
  await expect(page.getByLabel('Presence penalty')).toHaveValue('1');
  await expect(page.getByLabel('Logit bias')).toHaveValue('15: 2.5\n50256: -100');
  await expect(page.getByLabel('Extra body')).toHaveValue('{"provider":{"order":["x"]},"top_k":1}');
  await expect(page.getByLabel('Reasoning effort')).toHaveValue('low');
  await expect(page.getByText('asks for more than the form can show')).toBeHidden();
});

for (const [field, value, message] of [
  ['Extra body', '{"top_k":', 'Extra body must be a JSON object of at most 8000 characters, as in {"top_k": 1}.'],
  ['Extra body', '{"seed": 7}', 'Extra body may not have seed: a recipe sets that elsewhere, or never.'],
  [
    'Extra body',
    '{"random_seed": 9007199254740993}',
    'Extra body has a whole number beyond ±9007199254740991, where numbers are no longer exact. A seed of so many digits is, in its own field.',
  ],
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
    const control = await workbench.reach(field);
    await control.fill(value);
    await page.keyboard.press('Escape');
    await expect(control).toBeHidden();
    await workbench.run();
    await expect(control).toBeFocused();
    await expect(control).toHaveAccessibleDescription(message);
  });

test('reasoning effort and penalties can vary between runs', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.chooseModel('stub-same');
  await new WorkbenchPage(page).choose('Vary between runs', 'reasoning_effort');
  await expect(page.getByLabel('Values')).toHaveValue('low, medium, high');
  await new WorkbenchPage(page).fill({ 'Runs each': '1' });
  await workbench.run();
  await expect(workbench.column(3)).toContainText('reasoning effort high');
  await new WorkbenchPage(page).choose('Vary between runs', 'presence_penalty');
  await new WorkbenchPage(page).fill({ Values: '-1, 0, .., 1' });
  await new WorkbenchPage(page).fill({ 'Runs each': '2' });
  await workbench.run();
  // Six columns do not fit, and all have one text: a card says of which settings.
  const card = page.getByRole('region', { name: 'Runs 1, 2, 3, 4, 5, 6' });
  await expect(card).toContainText('presence penalty -1 (runs 1, 2)');
  await expect(page.getByRole('table', { name: 'Texts by setting' }).getByRole('rowheader')).toHaveText([
    'presence penalty -1',
    'presence penalty 0',
    'presence penalty 1',
  ]);
});

test('a link hides and locks settings by their own names', async ({ page }) => {
  await page.goto('/?hide=stop&lock=logit_bias,reasoning_effort');
  const workbench = new WorkbenchPage(page);
  await workbench.reach('Presence penalty');
  await expect(page.getByLabel('Stop sequences')).toHaveCount(0);
  await expect(page.getByLabel('Logit bias')).toBeDisabled();
  await expect(page.getByLabel('Reasoning effort')).toBeDisabled();
  await expect(page.getByLabel('Presence penalty')).toBeEnabled();
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await accessibilityProblems(page)).toEqual([]);
  const all =
    'stop,frequency_penalty,presence_penalty,logit_bias,reasoning_effort,max_tokens,stream,stream_options,extra_body,system,dispatch,pace,logprobs,top_logprobs';
  await page.goto(`/?hide=${all}`);
  await expect(workbench.chip('More')).toBeHidden();
});
