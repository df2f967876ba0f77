import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suiteSchema } from '@/lib/gate/schema';
import { loadSeedling } from '@/lib/server/load-seedling';

/** Makes what comes with the program, in the folder of its bundle: Seedling's counts, and the schema of suites. */
export function prepare(home: string): void {
  loadSeedling(home);
  writeFileSync(join(home, 'seedbed.schema.json'), suiteSchema());
}
