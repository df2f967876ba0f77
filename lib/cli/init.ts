import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { asJson, BadUse, type Command, type Typed } from './command';
import { readNamed, writeText } from './files';
import type { World } from './world';

export const command: Command = {
  words: '[folder]',
  about: 'Writes seedbed.yaml, a suite for Seedling that holds without a key, and its schema for editors.',
  options: { json: { about: 'print what was written as JSON' } },
  run: init,
};

const firstSuite = `# yaml-language-server: $schema=./seedbed.schema.json
v: 1
title: First suite

defaults:
  provider: seedling
  request: { model: seedling-1, seed: 7, temperature: 1, max_completion_tokens: 40 }

cases:
  # The same seed gives the same text, in nine runs of ten at least.
  - id: haiku-repeats
    prompt: Write a haiku about spring.
    demands:
      - { kind: equal, share: 0.9 }
      - { kind: fingerprint }

  # Without a seed texts differ, but at least half of them answer in a word that can be counted.
  - id: answers-yes-or-no
    prompt: Is the sea blue? Answer yes or no.
    request: { seed: null }
    demands:
      - { kind: matches, pattern: '(?i:yes|no)', share: 0.5 }
`;

async function init(typed: Typed, world: World): Promise<number> {
  const [folder = '.', ...others] = typed.words;
  if (others.length > 0) throw new BadUse('Name one folder.');
  const files = [
    { name: 'seedbed.yaml', text: firstSuite },
    { name: 'seedbed.schema.json', text: readNamed({ cwd: world.home }, 'seedbed.schema.json') },
  ].map((file) => ({ ...file, path: resolve(world.cwd, folder, file.name) }));
  const there = files.find(({ path }) => existsSync(path));
  if (there) throw new BadUse(`${there.name} is there already, and is left as it is.`);
  for (const { path, text } of files) writeText(path, text);
  const names = files.map(({ name }) => name);
  if (typed.has('json')) world.print(asJson('init', { written: names }));
  else world.print(`${names.join(' and ')} written. Next: seedbed check`);
  return 0;
}
