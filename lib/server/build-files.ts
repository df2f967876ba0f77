import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { encodings } from '../http/encodings.ts';
import { type Answer, KeptAnswers } from './kept-answers.ts';
import { sendPacked } from './packed.ts';
import type { Rendered } from './render.ts';

/** A path at which there can be such a file; none leads out of the folder. */
const form = /^\/_next\/(static(?:\/[\w~-][\w.~-]*)+)$/;

/**
 * The files that the build made for browsers. Their names say what is in them, so they never change: each is asked of Next once,
 * for its headers too, and from then on sent from memory as the build has packed it. Next would pack it for every visitor anew.
 */
export class BuildFiles {
  private readonly kept = new KeptAnswers({ ms: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY });
  private readonly folder: string;
  private readonly render: (path: string) => Promise<Rendered>;

  /** `folder` is where the build is; `render` has Next answer at a path. */
  constructor(folder: string, render: (path: string) => Promise<Rendered>) {
    this.folder = folder;
    this.render = render;
  }

  /** Answers a request for such a file, and tells whether it did. What is not there is not remembered: a stranger can ask for any name. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const [path = ''] = (request.url ?? '').split('?');
    const [, name] = form.exec(path) ?? [];
    if (!name || !['GET', 'HEAD'].includes(request.method ?? '')) return false;
    const file = await this.kept.get(path, () => this.read(path, name)).catch(() => null);
    if (file) sendPacked(request, response, file);
    return file !== null;
  }

  private async read(path: string, name: string): Promise<Answer | null> {
    const { status, headers, body } = await this.render(path);
    if (status !== 200) return null;
    const packed = encodings.map(async ({ name: encoding, end }) => {
      const bytes = await readFile(join(this.folder, name + end)).catch(() => null);
      return bytes ? [{ encoding, body: bytes }] : [];
    });
    const { 'accept-ranges': _, ...sent } = headers; // it is sent whole
    return {
      of: [],
      owner: '',
      headers: { ...sent, vary: 'Accept-Encoding' },
      body,
      packed: (await Promise.all(packed)).flat(),
    };
  }
}
