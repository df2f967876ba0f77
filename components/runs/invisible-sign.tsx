import type { Invisible } from '@/lib/compare/align/invisible';
import { sayInvisible } from '@/lib/words/invisible';

/** What is drawn for a character that cannot be seen, with its name for whoever points at it or hears it. */
export function InvisibleSign(character: Invisible) {
  const { sign, name } = sayInvisible(character);
  return (
    <span title={name}>
      <span aria-hidden>{sign}</span>
      <span className="sr-only">{name}</span>
    </span>
  );
}
