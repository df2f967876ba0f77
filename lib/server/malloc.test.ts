import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const malloc = fileURLToPath(new URL('./malloc.ts', import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seedbed-malloc-'));
  const says = `console.log(JSON.stringify([process.pid, process.env.MALLOC_ARENA_MAX, process.argv.slice(2)]))`;
  writeFileSync(join(folder, 'program.mjs'), `import ${JSON.stringify(malloc)}; ${says}`);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Its process, what its malloc is told, and its arguments; as it printed them, once. */
function run(variables: NodeJS.Dict<string>) {
  const { MALLOC_ARENA_MAX: _, ...env } = process.env;
  const args = [join(folder, 'program.mjs'), 'a word', '--option'];
  const { pid, stdout } = spawnSync(process.execPath, args, { env: { ...env, ...variables }, encoding: 'utf8' });
  return { pid, said: JSON.parse(stdout) };
}

describe.runIf(process.platform === 'linux')('a server', () => {
  it('has malloc give back what is freed, and is the same process with the same arguments', () => {
    const { pid, said } = run({});
    expect(said).toEqual([pid, '1', ['a word', '--option']]);
  });

  it('leaves to its operator what they have set', () => {
    const { pid, said } = run({ MALLOC_ARENA_MAX: '4' });
    expect(said).toEqual([pid, '4', ['a word', '--option']]);
  });
});
