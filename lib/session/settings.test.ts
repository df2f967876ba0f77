import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { settings, type ValueType } from '@/lib/recipe/parameters';
import { secondSettings, typedSettings } from './any-draft.fixture';
import { emptyWhereSame, fillFrom, noSettings, readValue, settingsToRequest, writeValue } from './settings';

const number: ValueType = { kind: 'number', min: 0, max: 2, step: 0.1 };
const lines: ValueType = { kind: 'lines', maxLines: 4, maxCharacters: 200 };
const seed: ValueType = { kind: 'seed', min: '0', max: '9' };
const map: ValueType = { kind: 'map', min: -100, max: 100 };

describe('a typed text', () => {
  it.each([
    [number, ' 0.5 ', 0.5],
    [number, '0', 0],
    [number, '0,5', '0,5'],
    [lines, 'END', 'END'],
    [lines, ' END \n\n \nStop. ', [' END ', 'Stop. ']],
    [lines, '\\n\n\\t\n\\\\n', ['\n', '\t', '\\n']],
    [map, '50256: -100', { 50256: -100 }],
    [map, ' 5 :0.5\n\n7: -1', { 5: 0.5, 7: -1 }],
    [map, '5: much', { 5: 'much' }],
    [map, '5:', { 5: 'none' }],
    [map, '5', '5'],
    [map, ': 5', ': 5'],
    [map, '5: 1\n5: 2', '5: 1\n5: 2'],
    [{ kind: 'switch', sends: {} }, 'on', true],
    [{ kind: 'flag' }, ' on ', true],
    [{ kind: 'flag' }, 'off', false],
    [{ kind: 'flag' }, 'no', 'no'],
    [seed, ' 7 ', 7],
    [seed, '-9223372036854775808', '-9223372036854775808'],
    [seed, '7e2', 700],
    [seed, 'x', 'x'],
    [{ kind: 'choice', options: [] }, ' low ', 'low'],
    [{ kind: 'text', maxCharacters: 9 }, ' Hi ', ' Hi '],
  ] satisfies [ValueType, string, unknown][])('of %j reads %j as %j', (type, text, value) => {
    expect(readValue(type, text)).toEqual(value);
  });

  it.each(settings)('of $key that is blank is nothing', ({ type }) => {
    expect(readValue(type, '')).toBeUndefined();
    expect(readValue(type, ' \n ')).toBeUndefined();
  });

  it.each([undefined, null])('of %j is empty', (value) => {
    for (const { type } of settings) expect(writeValue(type, value)).toBe('');
  });

  it('of false is empty for a switch, and "off" where that says more than nothing', () => {
    expect(writeValue({ kind: 'switch', sends: {} }, false)).toBe('');
    expect(writeValue({ kind: 'flag' }, false)).toBe('off');
  });
});

describe('a request', () => {
  it('has a model and messages, says that there is no seed, and leaves out what is not typed', () => {
    expect(settingsToRequest({ ...noSettings, model: ' m ', prompt: 'Hi' })).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'Hi' }],
      seed: null,
    });
  });
});

describe('a second column', () => {
  it('is given back by what it makes of the first, but for what is the same', () => {
    fc.assert(
      fc.property(typedSettings, secondSettings, (first, second) => {
        const filled = fillFrom(first, second);
        expect(fillFrom(first, emptyWhereSame(first, filled))).toEqual(filled);
        for (const { key } of settings) expect(filled[key]).toBe(second[key] || first[key]);
        expect(emptyWhereSame(first, first)).toEqual(noSettings);
      }),
      { seed: 1, numRuns: cases(200) },
    );
  });

  it('never differs in what all runs share', () => {
    const logged = { ...noSettings, logprobs: 'on' };
    expect(emptyWhereSame(noSettings, logged)).toEqual(noSettings);
  });
});
