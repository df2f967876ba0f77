import { stubKey, stubUrl } from './support/addresses';
import { accessibilityProblems, expect, test, WorkbenchPage } from './support/test';

test('what was sent for a run can be opened, and is told from what others were sent', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.chooseModel('stub-seeds');
  await workbench.vary('seed');
  await workbench.fill({ Prompt: 'It’s “sent”.', Seed: '41', Seeds: '3' });
  await workbench.run();
  await expect(workbench.verdict(/^3 different texts/)).toBeVisible();
  await workbench.column(2).hover();
  await page.getByRole('button', { name: 'Request of run 2' }).click();
  const dialog = page.getByRole('dialog', { name: 'Request of run 2' });
  await expect(dialog).toContainText(`POST ${stubUrl}/v1/chat/completions`);
  await expect(dialog).toContainText('Run 2 of 3 had this very request. What is not the same in all requests: seed.');
  await expect(dialog.locator('mark')).toHaveText('not the same in all requests: "seed":42');
  await expect(dialog).toContainText('"messages":[{"role":"user","content":"It’s “sent”."}]');
  await expect(dialog).toContainText('"stream":true');
  await expect(dialog).toContainText('Bearer [key]');
  await expect(dialog).toContainText('Came back, with status 200');
  await expect(dialog).toContainText(/x-request-id\s*req_stub_/);
  await expect(dialog).toContainText('$OPENAI_API_KEY');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Request of run 2' })).toBeFocused();
  const id = page.url().split('/').at(-1);
  for (const address of [`runs/2/exchange`, 'export?format=json']) {
    const text = await (await page.request.get(`/api/experiments/${id}/${address}`)).text();
    expect(text).toContain('"x-request-id":"req_stub_');
    expect(text).not.toContain(stubKey);
  }
});
