import { TriangleAlert } from 'lucide-react';
import { useSession } from '@/components/session/session-context';
import { settingOf } from '@/lib/recipe/parameters';
import { beyondRanges } from '@/lib/session/select';
import { sayRange } from '@/lib/words/range';

/** What the form asks for that its provider is not known to take. */
export function BeyondRanges() {
  return useSession(beyondRanges).map(({ key, provider, range }) => (
    <p key={`${key} ${provider}`} className="flex items-baseline gap-1.5 text-sm">
      <TriangleAlert aria-hidden size={14} className="shrink-0 translate-y-0.5 text-dim" />
      {sayRange(settingOf(key).label, provider, range)}
    </p>
  ));
}
