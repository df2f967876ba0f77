import { useSession } from '@/components/session/session-context';
import type { Message } from '@/lib/recipe/recipe';
import { hiddenInForm } from '@/lib/session/select';
import { sayHidden } from '@/lib/words/hidden';

/** What the recipe asks for besides what the form can show. */
export function HiddenParts() {
  const parts = useSession(hiddenInForm);
  if (parts.length === 0) return null;
  return (
    <div className="text-sm">
      <p>
        This recipe asks for more than the form can show. It is run as it was opened, until you change something here;
        then only what the form shows is asked.
      </p>
      {parts.map((part) => (
        <div key={part.kind === 'parameter' ? part.key : part.kind}>
          <p>{sayHidden(part)}</p>
          {part.kind === 'messages' && <Conversation messages={part.messages} />}
        </div>
      ))}
    </div>
  );
}

function Conversation({ messages }: { messages: readonly Message[] }) {
  return (
    <ol aria-label="Messages" className="mt-1 max-h-48 overflow-y-auto border-control border-s-2 ps-3">
      {messages.map(({ role, content }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a message has nothing else to tell it by, and its place never changes
        <li key={index} className="whitespace-pre-wrap break-words">
          <span className="text-dim">{role}:</span> {content}
        </li>
      ))}
    </ol>
  );
}
