import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Package = z.object({ version: z.string(), dependencies: z.object({ openai: z.string() }) });

let known: { seedbed: string; openai: string } | undefined;

/** The versions that made an experiment: of this program and of the SDK that it asks with. */
export function versions(): { seedbed: string; openai: string } {
  if (known) return known;
  const { version, dependencies } = Package.parse(
    JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')),
  );
  known = { seedbed: version, openai: dependencies.openai };
  return known;
}
