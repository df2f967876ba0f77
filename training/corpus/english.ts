/*
 * The grammar of English, as far as the corpus needs it: articles, capitals, plurals, forms of verbs, lists, numbers.
 */

const silentH = /^(hour|honest|honour|heir)/i;
const likeYou = /^(uni(?!n)|use|usu|euro|ewe|u-|one\b|once\b|ukulele|utensil)/i;

/** Whether a word begins with the sound of a vowel: "hour" does, "unicorn" does not. */
export const soundsOpen = (word: string): boolean =>
  silentH.test(word) || (/^[aeiou]/i.test(word) && !likeYou.test(word));

/** "a fox", "an owl". */
export const withArticle = (noun: string): string => `${soundsOpen(noun) ? 'an' : 'a'} ${noun}`;

export const capital = (text: string): string => text.replace(/\p{L}/u, (letter) => letter.toUpperCase());

export const small = (text: string): string => text.replace(/\p{L}/u, (letter) => letter.toLowerCase());

/** "fox" → "foxes"; what is irregular is written out where the noun is listed. */
export function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return noun.replace(/y$/, 'ies');
  return /(s|x|z|ch|sh|tomato|potato)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

const bases: Record<string, string> = {
  is: 'be',
  has: 'have',
  does: 'do',
  goes: 'go',
  lies: 'lie',
  ties: 'tie',
  dies: 'die',
};

/** The verb at the head of a phrase in the third person, bare: "hunts at night" → "hunt at night". */
function bareVerb(phrase: string): string {
  const [verb = '', ...rest] = phrase.split(' ');
  return [bases[verb] ?? bareForm(verb), ...rest].join(' ');
}

function bareForm(verb: string): string {
  if (/[^aeiou]ies$/.test(verb)) return verb.replace(/ies$/, 'y');
  if (/(ss|x|zz|ch|sh|oes)es$|(ss|x|zz|ch|sh|o)es$/.test(verb)) return verb.replace(/es$/, '');
  return verb.replace(/s$/, '');
}

const spokenOf = { they: ['they', 'their', 'themselves', 'are'], I: ['I', 'my', 'myself', 'am'] } as const;

/** What one does, said of several or by oneself: "sprays when it is afraid" → "spray when they are afraid". */
export function saidOf(who: keyof typeof spokenOf, phrase: string): string {
  const [subject, owned, self, be] = spokenOf[who];
  return bareVerb(phrase)
    .replace(/^be /, `${be} `)
    .replace(/\bit is\b/g, `${subject} ${be}`)
    .replace(/\bit (meets|hears|touches|falls|needs)\b/g, (_, verb: string) => `${subject} ${bareVerb(verb)}`)
    .replace(/\bitself\b/g, self)
    .replace(/\bits\b/g, owned)
    .replace(/\bit\b/g, subject);
}

/** "a, b and c". */
export function list(items: readonly string[], word = 'and'): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${word} ${last}`;
}

const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = '- ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** A number below 1,000 in words. */
export function inWords(number: number): string {
  if (number >= 100) {
    const rest = number % 100 === 0 ? '' : ` and ${inWords(number % 100)}`;
    return `${units[Math.floor(number / 100)]} hundred${rest}`;
  }
  if (number < 20) return units[number] ?? '';
  const unit = number % 10 === 0 ? '' : `-${units[number % 10]}`;
  return `${tens[Math.floor(number / 10)]}${unit}`;
}

/** Mends what a template cannot know: "a" before a vowel, capitals after a full stop, doubled spaces and stops. */
export function tidy(text: string): string {
  return text
    .replace(/ +/g, ' ')
    .replace(/ (?=[,.;:!?](?:\s|$))/g, '')
    .replace(/ *\n */g, '\n')
    .replace(/([.!?])\.(?=["\s]|$)(?<!\.\.\.)/g, '$1')
    .replace(/\b([Aa])n?(?= "?([A-Za-z][\w'-]*))/g, (_, a: string, word: string) => (soundsOpen(word) ? `${a}n` : a))
    .replace(/(^"?|\n"?|[.!?] |\." |: "|, "(?=[a-z]+ [^"]*"))(\p{Ll})/gu, (all, before: string, letter: string) =>
      before === ', "' ? all : before + letter.toUpperCase(),
    )
    .trim();
}
