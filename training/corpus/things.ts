import { capital, plural, withArticle } from './english.ts';

/** A thing of the vocabulary, with what is true of it. */
export type Thing = {
  name: string;
  plural: string;
  /** "bird", "tool": the word after "A robin is a". */
  kind: string;
  /** Colours and other adjectives, apart. */
  colours: string[];
  traits: string[];
  /** With a preposition: "in the garden". */
  places: string[];
  /** In the third person: "sings early in the morning". */
  does: string;
  /** "a red breast". */
  has: string;
  /** Without article and plural, as "rain". */
  mass: boolean;
};

const colourNames =
  'red green blue yellow orange purple pink white black grey brown golden silver black-and-white transparent'.split(
    ' ',
  );

const isColour = (word: string): boolean => colourNames.includes(word.replaceAll(' ', '-'));

/**
 * Reads a file of things. A header names the kind, "mass" where its things have no plural, and the places; each line is
 * "name | colours and traits | what it does | what it has", with places of its own behind, and "mouse/mice" where the
 * plural is irregular.
 */
export function parseThings(file: string): Thing[] {
  return file
    .split(/^# /m)
    .slice(1)
    .flatMap((section) => {
      const [head = '', ...lines] = section.split('\n').filter((line) => line.trim() !== '');
      const [kind = '', at = ''] = head.split(' | ');
      return lines.map((line) => parseThing(line, kind, at));
    });
}

function parseThing(line: string, kind: string, at: string): Thing {
  const [names = '', looks = '', does = '', has = '', own] = line.split('|').map((cell) => cell.trim());
  if (does === '' || has === '') throw new Error(`Not a thing: ${line}`);
  const [name = '', several] = names.split('/');
  const words = looks.split(', ');
  const [kindName = '', mass] = kind.split('; ');
  return {
    name,
    plural: several ?? plural(name),
    kind: kindName.split('/')[0] ?? '',
    colours: words.filter(isColour),
    traits: words.filter((word) => !isColour(word)),
    places: (own ?? at).split(', '),
    does,
    has,
    mass: mass === 'mass',
  };
}

/** As it stands in a sentence: "a fox", "rain", "Mars". */
export const oneOf = (thing: Thing): string => (thing.mass || isName(thing) ? thing.name : withArticle(thing.name));

/** In general: "foxes", "rain". */
export const allOf = (thing: Thing): string => (thing.mass || isName(thing) ? thing.name : thing.plural);

export const theOne = (thing: Thing): string => (thing.mass || isName(thing) ? thing.name : `the ${thing.name}`);

const isName = ({ name }: Thing): boolean => name === capital(name);

const animateKinds = ['bird', 'animal', 'insect', 'fish', 'sea creature', 'person', 'magical being'];

/** What can speak and act in a tale. */
export const isAnimate = ({ kind }: Thing): boolean => animateKinds.includes(kind);
