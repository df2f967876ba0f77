import type { Message } from '@/lib/recipe/recipe';

/** Messages of a recipe, one by one. */
export function Conversation({ messages }: { messages: readonly Message[] }) {
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
