import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What Linux says of a process: its memory in MB, and its open files, sockets and threads. */
export type ProcessState = { MB: number; files: number; sockets: number; threads: number };

export function stateOf(pid: number): ProcessState {
  const folder = `/proc/${pid}`;
  const held = /VmRSS:\s+(\d+)/.exec(readFileSync(`${folder}/status`, 'utf8'))?.[1];
  const open = readdirSync(`${folder}/fd`).map((name) => linkOf(`${folder}/fd/${name}`));
  const sockets = open.filter((link) => link.startsWith('socket:')).length;
  return {
    ...{ MB: Math.round(Number(held) / 1024), files: open.length, sockets },
    threads: readdirSync(`${folder}/task`).length,
  };
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // closed meanwhile
  }
}
