import type {
  Fault,
  FormFault,
  LinkFault,
  RecipeProblem,
  ShapeFault,
  ValueFault,
  ValuesFault,
} from '@/lib/recipe/problem';
import { inSequence, sentences } from './english';

/*
 * What is wrong with a recipe. The API calls a field by its own name, the page by its label: "top_p must be a number
 * from 0 to 1.", "Top-p must be a number from 0 to 1."
 */

/** To whoever wrote the recipe as JSON. */
export const recipeProblemSentence = ({ fault }: RecipeProblem): string =>
  faultSentence(fault, 'field' in fault ? fault.field : '');

const faultSentence = (fault: Fault, name: string): string =>
  'field' in fault ? valueSentence(fault, name) : shapeSentence(fault);

/** To whoever fills in the form. `label` is what the page calls the field that the fault is about, if it is about one. */
export function formFaultSentence(fault: FormFault, label: string): string {
  if ('field' in fault) return typedValueSentence(fault, label);
  switch (fault.kind) {
    case 'no-prompt':
      return 'Type a prompt, or pick an example.';
    case 'no-seed':
      return `To vary the seed, give ${fault.first ? 'the first one' : 'one'}: a whole number.`;
    case 'nothing-differs':
      return 'Change at least one setting here; one that is left empty is as in the first.';
    case 'too-few-values':
      return `Give at least two, ${fault.separator === 'comma' ? 'by comma' : 'one a line'}.`;
    case 'too-many-runs':
      return `There may be at most ${fault.max} runs in all.`;
    case 'not-a-list':
      return valuesSentence(fault.fault);
    case 'not-opened':
      return linkSentence(fault.fault, label);
    case 'unreachable':
      return 'The server cannot be reached. Is it running?';
    case 'connection-lost':
      return 'The connection to the server was lost.';
    case 'unreadable-answer':
      return `The server answered with status ${fault.status}.`;
    case 'quoted':
      return fault.message;
    default:
      return shapeSentence(fault);
  }
}

/** Where what is typed looks otherwise than what is sent. */
function typedValueSentence(fault: ValueFault, label: string): string {
  switch (fault.kind) {
    case 'not-a-seed':
      return `${label} must be a whole number from ${fault.min} to ${fault.max}, or empty for none.`;
    case 'not-lines':
      return `${label} may be at most ${fault.maxLines}, one a line, of at most ${fault.maxCharacters} characters.`;
    case 'not-a-map':
      return `${label} must map token ids to numbers, one a line, as in 50256: -100.`;
    case 'not-an-object':
      return `${label} must be a JSON object of at most ${fault.maxCharacters} characters, as in {"top_k": 1}.`;
    default:
      return valueSentence(fault, label);
  }
}

function valuesSentence(fault: ValuesFault): string {
  switch (fault.kind) {
    case 'not-a-number':
      return `“${fault.text}” is not a number.`;
    case 'not-a-range':
      return `“${fault.text}” must stand between numbers that it leads from and to, as in 1, 2, .., 10.`;
    case 'too-many-values':
      return `A list may have at most ${fault.max} values.`;
  }
}

/** What the page does with such a link: nothing, so that it can be mended by hand. */
const keptLink = 'The form was not filled in from it, and it still stands in the address bar.';

function linkSentence(fault: LinkFault, label: string): string {
  switch (fault.kind) {
    case 'not-a-link':
      return 'This is no link to a recipe.';
    case 'newer-link':
      return sentences('This link was made by a newer version of Seedbed.', keptLink);
    case 'damaged-link':
      return sentences(
        'This link is cut off or damaged.',
        keptLink,
        'Ask for it again; mail programs sometimes break long links.',
      );
    case 'unusable-link':
      return sentences(
        `The recipe in this link cannot be used: ${faultSentence(fault.problem.fault, label)}`,
        keptLink,
      );
  }
}

function shapeSentence(fault: ShapeFault): string {
  switch (fault.kind) {
    case 'not-a-recipe':
      return 'A recipe must be a JSON object.';
    case 'unknown-field':
      return `Unknown field: ${fault.path}.`;
    case 'other-version':
      return 'v must be 1, the version of recipes that this server knows.';
    case 'not-a-provider':
      return 'provider must be the name of a provider.';
    case 'not-a-request':
      return 'request must be an object: { model, messages, … }.';
    case 'not-arms':
      return 'arms must be a list of { label?, set }, where set holds parameters of the request.';
    case 'no-arms':
      return 'arms may not be an empty list; leave it out if nothing varies.';
    case 'not-messages':
      return 'messages must be a list of { role, content }.';
    case 'no-prompt':
      return 'The prompt is empty: messages needs a user message with some text.';
    case 'not-a-dispatch':
      return 'dispatch must be "parallel" or "sequential".';
    case 'too-many-runs':
      return `arms × repeats may be at most ${fault.max} runs.`;
  }
}

function valueSentence(fault: ValueFault, name: string): string {
  switch (fault.kind) {
    case 'out-of-range':
      return `${name} must be a ${fault.whole ? 'whole number' : 'number'} from ${fault.min} to ${fault.max}.`;
    case 'not-a-seed':
      return `${name} must be a whole number from ${fault.min} to ${fault.max}, or null for no seed.`;
    case 'not-one-of':
      return `${name} must be one of ${inSequence(fault.options)}.`;
    case 'not-a-name':
      return `${name} must be the name of a model, 1 to ${fault.maxCharacters} characters.`;
    case 'not-text':
      return `${name} must be text.`;
    case 'empty-text':
      return `${name} may not be empty text.`;
    case 'too-long':
      return `${name} may have at most ${fault.maxCharacters} characters.`;
    case 'not-lines':
      return `${name} must be text, or a list of 1 to ${fault.maxLines} texts of at most ${fault.maxCharacters} characters.`;
    case 'not-a-map':
      return `${name} must map token ids to numbers.`;
    case 'not-true-or-false':
      return `${name} must be true or false.`;
    case 'too-many':
      return `${name} may have at most ${fault.max} entries.`;
    default:
      return objectSentence(fault, name);
  }
}

type ObjectFault = Extract<ValueFault, { kind: 'not-an-object' | 'reserved' | 'inexact' }>;

function objectSentence(fault: ObjectFault, name: string): string {
  switch (fault.kind) {
    case 'not-an-object':
      return `${name} must be a JSON object of at most ${fault.maxCharacters} characters.`;
    case 'reserved':
      return `${name} may not have ${fault.key}: a recipe sets that elsewhere, or never.`;
    case 'inexact':
      return `${name} has a whole number beyond ±${Number.MAX_SAFE_INTEGER}, where numbers are no longer exact. A seed of so many digits is, in its own field.`;
  }
}
