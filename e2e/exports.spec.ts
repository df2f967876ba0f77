import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from './support/test';

const run = promisify(execFile);

const recipe = {
  v: 1,
  provider: 'seedling',
  request: {
    model: 'seedling-1',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: text that a program must not take for its own
    messages: [{ role: 'user', content: 'Write a "haiku" about $HOME, `spring` and \\n ${it}\'s 🌸.\nEOF' }],
    temperature: 1,
    max_completion_tokens: 30,
  },
  arms: [{ set: { seed: 5 } }, { set: { seed: '18446744073709551615' } }],
  repeats: 2,
};

let folder = '';
/** Beside the project's packages, so that a program finds the SDK as in anybody's project. */
test.beforeEach(() => {
  folder = mkdtempSync(join(process.cwd(), '.cache', 'exports-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

for (const [format, file, command] of [
  ['typescript', 'repeat.mts', process.execPath],
  ['curl', 'repeat.sh', 'sh'],
] as const)
  test(`the ${format} program, run as it was downloaded, gives the texts of the page`, async ({ request }) => {
    const stream = await (await request.post('/api/experiments', { data: recipe })).text();
    const id = /"id":"([^"]+)"/.exec(stream)?.[1];
    const { runs } = await (await request.get(`/api/experiments/${id}`)).json();
    const program = await request.get(`/api/experiments/${id}/export?format=${format}`);
    expect(program.headers()['content-disposition']).toBe(`attachment; filename="${file}"`);
    const path = join(folder, file);
    writeFileSync(path, await program.body());
    const { stdout } = await run(command, [path], { cwd: folder });
    for (const { text } of runs) expect(stdout).toContain(format === 'curl' ? JSON.stringify(text).slice(1, -1) : text);
    expect(stdout).toMatch(/Runs: 4\. Distinct texts: 2\. Not all equal\.\s*$/);
  });

test('the Python program compiles', async ({ request }) => {
  const stream = await (await request.post('/api/experiments', { data: recipe })).text();
  const id = /"id":"([^"]+)"/.exec(stream)?.[1];
  const path = join(folder, 'repeat.py');
  writeFileSync(path, await (await request.get(`/api/experiments/${id}/export?format=python`)).body());
  await run('python3', ['-m', 'py_compile', path]);
});

test('an unknown format is refused by name', async ({ request }) => {
  const stream = await (await request.post('/api/experiments', { data: { ...recipe, repeats: 1 } })).text();
  const id = /"id":"([^"]+)"/.exec(stream)?.[1];
  const refused = await request.get(`/api/experiments/${id}/export?format=__proto__`);
  expect(refused.status()).toBe(400);
  expect((await refused.json()).error).toMatchObject({ code: 'unknown_format', param: 'format' });
});
