import { drawSpace } from './long-text';

/** A branch's text. White space at its start is drawn where it may be all that tells two branches apart; one space is not. */
export function drawStart(text: string): string {
  const [, space = '', words = ''] = /^(\s*)([\s\S]*)$/.exec(text) ?? [];
  return (space === ' ' && words !== '' ? '' : drawSpace(space)) + words;
}

/** The first and last words of a text, of about so many characters together; all of it if it is no longer. */
export function headAndTail(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const half = Math.max(8, Math.floor(characters / 2));
  const head = /^[\s\S]*(?=\s)/u.exec(text.slice(0, half))?.[0] || text.slice(0, half);
  const tail = /(?<=\s)[\s\S]*$/u.exec(text.slice(-half))?.[0] || text.slice(-half);
  return `${head.trimEnd()} … ${tail}`;
}
