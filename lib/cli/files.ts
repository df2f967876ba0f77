import { accessSync, constants, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { err, ok, type Result } from '@/lib/result';
import { BadUse } from './command';
import type { World } from './world';

/** The most that a file may have in bytes. */
const maxBytes = 64 * 1024 * 1024;

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
};

/** A file's text, or in a few words why it cannot be read. */
export function readText(path: string): Result<string, string> {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > maxBytes) return err(`it has more than ${maxBytes / 1024 / 1024} MiB`);
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return err(reasons[code] ?? (code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'it is not UTF-8' : code));
  }
}

/** A file's JSON; null if it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The text of a file that is named on the command line. Throws BadUse. */
export function readNamed({ cwd }: Pick<World, 'cwd'>, path: string): string {
  const text = readText(resolve(cwd, path));
  if (text.ok) return text.value;
  throw new BadUse(`${path} cannot be read: ${text.error}.`);
}

/**
 * Writes a file, in a folder that is made if it is not there: first aside, so that there is never half of it, and where no other
 * command that writes the same file does. Throws BadUse.
 */
export function writeText(path: string, text: string): void {
  assertWritable(path);
  const aside = `${path}.${process.pid}.new`;
  try {
    writeFileSync(aside, text);
    renameSync(aside, path);
  } catch (error) {
    throw notWritten(path, error);
  }
}

/**
 * Makes the folder of a file that is to be written. Throws BadUse if it cannot be: before calls are paid for, whose results would have
 * no place.
 */
export function assertWritable(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw notWritten(path, error);
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new BadUse(`${path} cannot be written: it is a folder.`);
}

const notWritten = (path: string, error: unknown): BadUse =>
  new BadUse(`${path} cannot be written: ${error instanceof Error ? error.message : error}`);
