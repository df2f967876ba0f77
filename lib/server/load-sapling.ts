import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArtifact } from '@/lib/sapling/artifact';
import { Sapling } from '@/lib/sapling/sapling';

/** Where Sapling's artifact is, in the folder with what comes with the program. */
export const saplingPath = (home = process.cwd()): string => join(home, 'lib/sapling/sapling-1.bin');

/** Reads Sapling and makes it ready to write, which takes a moment and some 30 MB. */
export function loadSapling(path = saplingPath()): Sapling {
  const file = readFileSync(path);
  const sapling = new Sapling(readArtifact(file));
  // All of it is in the kernel's memory now: to be given back at once, not when somebody collects it.
  file.buffer.transfer(0);
  return sapling;
}
