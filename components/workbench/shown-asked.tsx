import { ScrollRegion } from '@/components/ui/scroll-region';
import { allAskedOf } from '@/lib/recipe/asked';
import { isProbe } from '@/lib/recipe/probe';
import type { Message, Recipe } from '@/lib/recipe/recipe';
import type { LinkOptions } from '@/lib/session/link-options';
import { sayAsked } from '@/lib/words/asked';
import { ways } from './chip-values';

type ShownAskedProps = { recipe: Recipe; hide?: LinkOptions['hide'] };

/** What a recipe asks, but for what the link hides: what the model was told, and a chip for each setting. */
export function ShownAsked({ recipe, hide = new Set() }: ShownAskedProps) {
  const messages = recipe.request.messages.filter(
    ({ role, content }) => content !== '' && !hide.has(role === 'system' ? 'system' : 'prompt'),
  );
  return (
    <>
      {messages.length > 0 && <Messages messages={messages} />}
      <ul aria-label="Settings" className="flex flex-wrap gap-1.5">
        {sayShown(recipe, hide).map((said) => (
          <li key={said} className="max-w-full break-words rounded-2xl border border-hairline px-3 py-1 text-fine">
            {said}
          </li>
        ))}
      </ul>
    </>
  );
}

function Messages({ messages }: { messages: readonly Message[] }) {
  return (
    <ScrollRegion label="What the model was told" className="max-h-64 overflow-y-auto">
      <dl className="flex flex-col gap-1">
        {messages.map(({ role, content }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a message has nothing else to tell it by, and its place never changes
          <div key={index}>
            <dt className="text-dim text-fine">{messages.length === 1 && role === 'user' ? 'prompt' : role}</dt>
            <dd dir="auto" className="whitespace-pre-wrap break-words">
              {content}
            </dd>
          </div>
        ))}
      </dl>
    </ScrollRegion>
  );
}

/** All that is set, but for what the link hides. How many runs a probe has made is said above. */
function sayShown(recipe: Recipe, hide: LinkOptions['hide']): string[] {
  const asked = allAskedOf(recipe);
  const settings = asked.settings.filter(
    ({ key, values }) => ![...hide].some((control) => control === key) && !(values.length > 1 && hide.has('vary')),
  );
  const said = sayAsked({ ...asked, settings });
  const shown = said.slice(hide.has('model') ? 1 : 0, hide.has('runs') || isProbe(recipe) ? -1 : undefined);
  return recipe.dispatch === 'sequential' && !hide.has('dispatch') ? [...shown, ways.sequential] : shown;
}
