import type { HiddenPart } from '@/lib/recipe/hidden-part';
import { parameterName } from '@/lib/recipe/parameters';
import { firstFew } from './english';

/** What the form cannot show of a recipe, one part: "top logprobs 3". Messages themselves are shown below this. */
export function sayHidden(part: HiddenPart): string {
  switch (part.kind) {
    case 'messages':
      return `It is a conversation, of which the form shows the prompt: what the user says last. Its ${part.messages.length} messages:`;
    case 'parameter':
      return `It asks for ${parameterName(part.key)} ${JSON.stringify(part.value)}.`;
    case 'arms':
      return `Its runs differ in other ways than the form can list: ${firstFew(part.labels, (more) => `${more} more`)}.`;
  }
}
