import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './support/test';

async function start(port: number): Promise<{ server: ChildProcess; said: string }> {
  const server = spawn('node', ['bin/start.mjs'], {
    env: { ...process.env, PORT: String(port), DATA_DIR: mkdtempSync(join(tmpdir(), 'seedbed-')) },
  });
  let said = '';
  for await (const chunk of server.stdout) {
    said += String(chunk);
    if (said.includes('ready at')) break;
  }
  return { server, said };
}

test('moves on to a free port, and says so, if its own is taken', async () => {
  const taken = createServer().listen(43_220, '127.0.0.1');
  await once(taken, 'listening');
  const { server, said } = await start(43_220);
  expect(said).toContain('Port 43220 is taken; using 43221 instead.');
  expect((await fetch('http://127.0.0.1:43221/api/health')).status).toBe(200);
  server.kill('SIGTERM');
  await once(server, 'exit');
  taken.close();
});

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  test(`${signal} ends it cleanly, even while an experiment runs`, async () => {
    const port = signal === 'SIGINT' ? 43_230 : 43_240;
    const { server } = await start(port);
    const messages = [{ role: 'user', content: 'Once upon a time' }];
    const request = { model: 'seedling-1', messages, max_completion_tokens: 4096, temperature: 2 };
    const response = await fetch(`http://127.0.0.1:${port}/api/experiments?pace=5`, {
      method: 'POST',
      body: JSON.stringify({ v: 1, provider: 'seedling', request, repeats: 3 }),
    });
    server.kill(signal);
    const [code] = await once(server, 'exit');
    expect(code).toBe(0);
    expect(await response.text()).toContain('"finish":"aborted"');
    await expect(fetch(`http://127.0.0.1:${port}/api/health`)).rejects.toThrow();
  });
