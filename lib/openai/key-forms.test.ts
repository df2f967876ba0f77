import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { KeyForms, type Stretch } from './key-forms';
import { keyForms } from './keys.fixture';

const key = fc
  .tuple(
    fc.constantFrom('', 'sk-proj-', 'sk-or-v1-', 'gsk_', 'AIza'),
    fc.string({ unit: fc.constantFrom(...'abcxyzABCXYZ0123456789-_.+/='), minLength: 24, maxLength: 80 }),
  )
  .map(([prefix, rest]) => prefix + rest)
  .filter((each) => each.replace(/[^A-Za-z0-9]/g, '').length >= 16);

const around = fc.string({ unit: 'binary', maxLength: 30 });

/** A text as it comes: cut at these places. */
function pieces(text: string, cuts: readonly number[]): string[] {
  const at = cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b);
  return [0, ...at].map((from, index) => text.slice(from, at[index] ?? text.length));
}

function read(forms: KeyForms, parts: readonly string[]): Stretch[] {
  const reader = forms.reader();
  return [...parts.flatMap((part) => reader.read(part)), ...reader.end()];
}

const join = (stretches: readonly Stretch[]): string => stretches.map(({ text }) => text).join('');
const outside = (stretches: readonly Stretch[]): string =>
  stretches.map(({ text, key }) => (key ? '[key]' : text)).join('');

describe('KeyForms', () => {
  it.each(Object.keys(keyForms))('finds a key %s, however the text is cut, and loses nothing around it', (name) => {
    const form = keyForms[name] ?? String;
    fc.assert(
      fc.property(key, around, around, fc.array(fc.nat(), { maxLength: 8 }), (secret, before, after, cuts) => {
        const text = `${before} ${form(secret)} ${after}`;
        const stretches = read(new KeyForms(secret), pieces(text, cuts));
        expect(join(stretches)).toBe(text);
        expect(outside(stretches)).not.toContain(form(secret));
        expect(stretches.filter((each) => each.key).length).toBeGreaterThan(0);
      }),
      { seed: 1, numRuns: cases(200) },
    );
  });

  it('leaves every other text as it is, however it is cut', () => {
    const other = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(key, other, fc.array(fc.nat(), { maxLength: 8 }), (secret, text, cuts) => {
        expect(outside(read(new KeyForms(secret), pieces(text, cuts)))).toBe(text);
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it('finds each of several keys, one after the other', () => {
    const forms = new KeyForms('sk-proj-4f9aQ2vXw81LmZ');
    expect(outside(forms.read('sk-proj-4f9aQ2vXw81LmZsk-proj-4f9aQ2vXw81LmZ and sk-proj-4f9aQ2vXw81LmZ.'))).toBe(
      '[key][key] and [key].',
    );
  });

  it('holds back no more than what may be the beginning of a key', () => {
    const reader = new KeyForms('sk-proj-4f9aQ2vXw81LmZ').reader();
    expect(reader.read('Here it is: sk-pr')).toEqual([{ text: 'Here it is: ', key: false }]);
    expect(reader.read('etty far')).toEqual([{ text: 'sk-pretty far', key: false }]);
  });

  it('takes most of a key, at the end of a text that was cut short, for the key; the beginning that many keys share for none', () => {
    const forms = new KeyForms('sk-ant-api03-4f9aQ2vXw81LmZ');
    expect(outside(forms.read('It is sk-ant-api03-4f9aQ2vX'))).toBe('It is [key]');
    expect(outside(forms.read('It begins with sk-ant-api'))).toBe('It begins with sk-ant-api');
    expect(outside(forms.read('It is sk-ant-api03-4f9aQ2vX, and no more'))).toBe(
      'It is sk-ant-api03-4f9aQ2vX, and no more',
    );
  });

  it('finds nothing over more than a few characters that are no letters', () => {
    const forms = new KeyForms('aaaabbbbccccdddd');
    expect(outside(forms.read(`aaaabbbb${' '.repeat(40)}ccccdddd`))).toBe('[key]');
    expect(outside(forms.read(`aaaabbbb${' '.repeat(41)}ccccdddd`))).not.toContain('[key]');
  });
});
