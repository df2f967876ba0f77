import { canonicalJson } from '@/lib/recipe/canonical';
import { err, ok, type Result } from '@/lib/result';
import { type Group, groupTexts, type RunText } from './groups';

/**
 * What counts as equal, from strict to lenient. The first three compare texts, each ignoring all that the one before
 * it ignores. The last two compare one thing in the text, and have no place in that order: two spaces inside a JSON string
 * are another value.
 */
export const equalityModes = ['exact', 'whitespace', 'case-punctuation', 'json', 'answer'] as const;
export type EqualityMode = (typeof equalityModes)[number];
/** `answer`: what finds the answer, from `parsePattern`; without it the last number in the text is the answer, be it a fraction. */
export type EqualityOptions = { answer?: RegExp };
/**
 * `key` is what the group's texts have in common under the mode, null for a text that has none; `variants` counts its
 * texts.
 */
export type EqualityGroup = Group & { key: string | null; variants: number };

/** A person's pattern is applied to at most this many characters of a text, its last ones. */
const maxSearched = 20_000;
const maxPattern = 500;
const maxRepetitions = 12;

/** Whether texts are compared from start to end, so that there is a first difference. */
export const isTextMode = (mode: EqualityMode): boolean => mode !== 'json' && mode !== 'answer';

/**
 * What must be equal for two texts to be equal under a mode. Null: the text has no JSON value or no answer, and then it
 * equals no other text.
 *
 *     'Hi,  Anna!'  →  exact 'Hi,  Anna!', whitespace 'Hi, Anna!', case-punctuation 'hi anna', json null, answer null
 */
export function keyOf(text: string, mode: EqualityMode, options: EqualityOptions = {}): string | null {
  if (mode === 'exact') return text;
  if (mode === 'whitespace') return withoutSpacing(text);
  if (mode === 'case-punctuation') return withoutCaseAndPunctuation(text);
  return mode === 'json' ? jsonKey(text) : answerIn(text, options.answer);
}

/**
 * The first mode under which texts are all equal, which says how they differ. Null if they differ under every mode.
 *
 *     'Hi, Anna', 'hi anna', 'Hi  Anna'  →  case-punctuation
 */
export function firstEqualMode(
  texts: readonly string[],
  options: EqualityOptions = {},
  among: readonly EqualityMode[] = equalityModes,
): EqualityMode | null {
  const [first, ...others] = new Set(texts);
  if (first === undefined) return null;
  const equal = (mode: EqualityMode): boolean => {
    const key = keyOf(first, mode, options);
    return key !== null && others.every((other) => keyOf(other, mode, options) === key);
  };
  return among.find(equal) ?? null;
}

/**
 * Groups of texts that are equal under a mode, largest first, ties by the lowest run: under the exact mode those of
 * `groupTexts`. A group's text is the most common one in it, the lowest run's of several. Run numbers must be distinct.
 */
export function groupByEquality(
  texts: readonly RunText[],
  mode: EqualityMode,
  options: EqualityOptions = {},
): EqualityGroup[] {
  const keys = keysByText(texts, mode, options);
  const textOf = new Map(texts.map(({ run, text }) => [run, text]));
  const marked = texts.map(({ run, text }) => {
    const key = keys.get(text) ?? null;
    return { run, text: key === null ? `none ${run}` : `key ${key}` };
  });
  return groupTexts(marked).map(({ letter, runs }) => {
    const variants = groupTexts(runs.map((run) => ({ run, text: textOf.get(run) ?? '' })));
    const text = variants[0]?.text ?? '';
    return { letter, runs, text, key: keys.get(text) ?? null, variants: variants.length };
  });
}

/** The key of every text, worked out once for each distinct one. */
function keysByText(
  texts: readonly RunText[],
  mode: EqualityMode,
  options: EqualityOptions,
): Map<string, string | null> {
  const distinct = new Set(texts.map(({ text }) => text));
  return new Map([...distinct].map((text) => [text, keyOf(text, mode, options)]));
}

/** Texts as a text mode compares them, and counts their words. */
export function asCompared(texts: readonly RunText[], mode: EqualityMode): RunText[] {
  const keys = isTextMode(mode) ? keysByText(texts, mode, {}) : new Map<string, string | null>();
  return texts.map(({ run, text }) => ({ run, text: keys.get(text) ?? text }));
}

/** Every stretch of white space (spaces of any width, tabs, line ends) becomes one space; at both ends it goes. */
const withoutSpacing = (text: string): string => text.replace(/\s+/gu, ' ').trim();

// Patterns that name kinds of letters are made when they are first needed: each takes a phone milliseconds.

// Apostrophes and full stops inside a word leave no gap: "can't" is "cant", "U.S.A." is "usa".
const insideWord = () => /(?<=[\p{L}\p{M}])['’.](?=\p{L})/gu;
// Punctuation that is part of a number stays: "3.14" is not "314", "-5" not "5", "5%" not "5".
const punctuation = () => /(?!(?<=\p{Nd})\p{P}(?=\p{Nd})|(?<![\p{L}\p{N}])-(?=\p{Nd})|(?<=\p{Nd})[%‰])\p{P}/gu;

/**
 * In lower case, whatever the locale (and without the special form of the Greek final sigma); combined letters in one
 * form (NFC); Unicode's punctuation (P: . , ; ! ? - – — ' " ( ) * _ # …) counts as white space, then white space as
 * under the mode before. Symbols (S: $ + = < > | ` and emoji) stay: they carry meaning. So does punctuation that is
 * part of a number.
 */
function withoutCaseAndPunctuation(text: string): string {
  const lower = withoutSpacing(text).normalize('NFC').toLowerCase().replaceAll('ς', 'σ');
  return withoutSpacing(lower.replace(insideWord(), '').replace(punctuation(), ' '));
}

/**
 * The letters and digits of a text, without case and accents. Texts that differ in these differ under every text mode, in any
 * context; texts that do not may still differ.
 */
export const lettersOf = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replace(/[^\p{L}\p{N}]+/gu, '');

// Correct only in text that is valid JSON: its strings and its numbers.
const jsonAtoms = /"([^"\\]*(?:\\.[^"\\]*)*)"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * The JSON value that is the whole text, or the whole of the one code fence that is the whole text: keys in order,
 * numbers by their exact decimal value (1.0, 1 and 10e-1 are one; 2^53 and 2^53 + 1 are two), the last of equal keys.
 * Null if there is none, or if it is nested too deeply to read.
 */
function jsonKey(text: string): string | null {
  const inside = /^```[^\n`]*\n([\s\S]*)\n[ \t]*```$/.exec(text.trim())?.[1] ?? text;
  try {
    JSON.parse(inside);
    // A number becomes a text marked as one, so that it is not rounded.
    const exact = inside.replace(jsonAtoms, (atom, string?: string) =>
      string === undefined ? `"#${plainNumber(atom)}"` : `"=${string}"`,
    );
    return canonicalJson(JSON.parse(exact));
  } catch {
    return null;
  }
}

// In English: a comma between groups of three digits, a point before the fraction. A hyphen after a word is no minus.
const numbers = () =>
  /(?:(?<![\p{L}\p{N}])[-−])?(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|(?<!\d)\.\d+)(?:[eE][+-]?\d+(?![\p{L}\d]))?/gu;

// Of at most 18 digits, as "1,234" or "1234".
const wholeNumber = String.raw`\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,18}`;
// "3/4", "-3/4", "1 3/4"; not within "3/4/2026", "1/2.5", "v1/2" or "1/2x".
const fractions = () =>
  new RegExp(
    String.raw`(?<sign>(?<![\p{L}\p{N}])[-−])?(?<![\p{L}\p{N}/.,])(?:(?<whole>${wholeNumber}) )?` +
      String.raw`(?<over>${wholeNumber})/(?=[0,]*[1-9])(?<under>${wholeNumber})(?![\p{L}\p{N}/]|[.,]\d)`,
    'u',
  );
let patterns: { fraction: RegExp; answers: RegExp } | undefined;

function answerPatterns(): { fraction: RegExp; answers: RegExp } {
  if (patterns) return patterns;
  const fraction = fractions();
  patterns = { fraction, answers: new RegExp(`${fraction.source}|${numbers().source}`, 'gu') };
  return patterns;
}

/**
 * The last number, or the last fraction of two whole numbers, which is one number: '1/2' gives '0.5', '2/6' gives '1/3'. A
 * date with slashes is no fraction: '3/4/2026' gives '2026'.
 */
function lastNumber(text: string): string | null {
  const { fraction, answers } = answerPatterns();
  const last = text.match(answers)?.at(-1);
  if (last === undefined) return null;
  const parts = fraction.exec(last)?.groups;
  if (!parts) return plainNumber(withoutGroups(last).replace('−', '-'));
  const [whole, over, under] = [parts.whole, parts.over, parts.under].map((part) => BigInt(withoutGroups(part ?? '0')));
  return plainFraction(parts.sign ? '-' : '', whole ?? 0n, over ?? 0n, under ?? 1n);
}

const withoutGroups = (written: string): string => written.replaceAll(',', '');

/**
 * A fraction, with the whole number before it if the fraction is less than 1, in the one form that equal numbers share: a
 * decimal number where that is exact, else in lowest terms: 1/2 is '0.5', 1 3/4 '1.75', 4/6 '2/3'.
 */
function plainFraction(sign: string, whole: bigint, over: bigint, under: bigint): string {
  const all = over < under ? whole * under + over : over;
  const shared = greatestDivisor(all, under);
  const [top, bottom] = [all / shared, under / shared];
  for (let places = 0n; places <= 60n; places++) {
    const power = 10n ** places;
    if (power % bottom === 0n) return plainNumber(`${sign}${(top * power) / bottom}e-${places}`);
  }
  return `${sign}${top}/${bottom}`;
}

const greatestDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestDivisor(b, a % b));

/** The last match of the pattern: its first group, or all of it if it has none. Without a pattern, the last number. */
function answerIn(text: string, pattern: RegExp | undefined): string | null {
  if (!pattern) return lastNumber(text);
  const everywhere = new RegExp(pattern.source, pattern.flags.replace('g', '').concat('g'));
  let found: string | undefined;
  for (const match of text.slice(-maxSearched).matchAll(everywhere)) found = match.length > 1 ? match[1] : match[0];
  return withoutSpacing(found ?? '') || null;
}

/**
 * A number in the one form that equal numbers share, exactly: '1.50' and '15e-1' give '1.5', '-0' gives '0'.
 * Very large and very small ones keep an exponent: '1e400' stays.
 */
function plainNumber(written: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(written) ?? [];
  const all = (whole + fraction).replace(/^0+/, '');
  let end = all.length;
  while (all[end - 1] === '0') end--;
  if (end === 0) return '0';
  const digits = all.slice(0, end);
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(all.length - end);
  if (power > 20n || power < -20n) return `${sign}${digits}e${power}`;
  if (power >= 0n) return sign + digits + '0'.repeat(Number(power));
  const padded = digits.padStart(1 - Number(power), '0');
  return `${sign}${padded.slice(0, Number(power))}.${padded.slice(Number(power))}`;
}

/** Whether a pattern of `parsePattern` occurs in a text: in its end, as far as an answer is looked for. */
export const occursIn = (text: string, pattern: RegExp): boolean => pattern.test(text.slice(-maxSearched));

/** What may make a pattern slow on some texts. */
type SlowPattern =
  | { kind: 'back-reference' }
  /** a group is repeated whose contents can themselves vary in length */
  | { kind: 'repeated-group' }
  | { kind: 'many-repetitions'; max: number };

/** Why a pattern is refused. `reason` is what the engine says about it, if anything. */
export type PatternProblem =
  | { kind: 'empty' }
  | { kind: 'too-long'; max: number }
  | { kind: 'invalid'; reason: string | null }
  | SlowPattern;

/**
 * Reads a pattern that a person typed, a regular expression of JavaScript in Unicode mode: `(?i:answer): (\d+)`. It is
 * refused if it is no pattern, is too long, or looks as if it could take for ever, as `(a+)+` can. The rules for that are
 * rough, and no such rules are safe: what they let through may still be slow on long texts. So a pattern is applied to the
 * last 20,000 characters of a text only, and belongs in the worker, which can be stopped.
 */
export function parsePattern(pattern: string): Result<RegExp, PatternProblem> {
  if (pattern === '') return err({ kind: 'empty' });
  if (pattern.length > maxPattern) return err({ kind: 'too-long', max: maxPattern });
  const slow = whySlow(pattern);
  if (slow) return err(slow);
  try {
    return ok(new RegExp(pattern, 'u'));
  } catch (error) {
    return err({ kind: 'invalid', reason: error instanceof Error ? error.message.replace(/^.*: /su, '') : null });
  }
}

/**
 * What may make a pattern slow: a group that is repeated and whose contents can vary in length, a reference back to a
 * group, very many repetitions. Escapes and classes are skipped, `{3}` does not vary.
 */
function whySlow(pattern: string): SlowPattern | null {
  const atoms =
    pattern.match(/\\.|\[(?:\\.|[^\]\\])*\]|\{\d+(?:,\d*)?\}|\(\?(?:<?[=!]|<\w+>|[-a-z]*:)|[*+?}]\?|./gsu) ?? [];
  const open: boolean[] = [];
  let closed = false;
  let repetitions = 0;
  for (const atom of atoms) {
    if (/^\\[1-9k]/.test(atom)) return { kind: 'back-reference' };
    if (closed && /^(?:[*+]|\{(?!0?,?1\}))/.test(atom)) return { kind: 'repeated-group' };
    closed = false;
    const varies = /^[*+?]|^\{\d+,/.test(atom);
    if (varies) repetitions++;
    if (atom.startsWith('(')) open.push(false);
    else if (atom === ')') closed = open.pop() ?? false;
    if (varies || atom === '|' || closed) open.splice(-1, 1, ...open.slice(-1).map(() => true));
  }
  return repetitions > maxRepetitions ? { kind: 'many-repetitions', max: maxRepetitions } : null;
}
