import { describe, expect, it } from 'vitest';
import type { Inside } from '@/lib/lens/inside';
import { aMoment } from '@/lib/lens/moments.fixture';
import { anExperiment, endedWith } from '@/lib/run/records.fixture';
import type { Outcome } from './lesson';
import { firstLook } from './lesson-pictures';
import { whatTheModelLooksAt } from './what-the-model-looks-at';

/** What went on inside at one choice: how one head looked, and what was likeliest after each layer. */
const look = (tokens: string[], weights: number[], best: string[] = ['The']): Inside => ({
  came: best.at(-1) ?? '',
  tokens,
  asked: tokens.length,
  attention: [[weights]],
  guesses: best.map((token) => ({
    likeliest: [{ token, probability: 0.5 }],
    came: { probability: 0.5, rank: 1 },
  })),
});

const outcome = (inside: Inside | null): Outcome => ({
  experiment: anExperiment(endedWith('The end.'), false),
  moments: new Map([[1, [aMoment('The')]]]),
  network: { run: 1, inside, drift: null },
});

const { predict, run, change } = whatTheModelLooksAt;
const unknown = 'What went on inside is not known.';

describe('the answer of the lesson on what the model looks at', () => {
  it('is the word that had most of the look, marks left out', () => {
    const words = ['<|user|>', 'Write', ' haiku', '<|assistant|>'];
    expect(predict.happened(outcome(look(words, [0.5, 0.2, 0.1, 0.2])))).toEqual({
      answer: 0,
      because: 'It had 20 % of the look.',
    });
    expect(predict.happened(outcome(look(words, [0.4, 0.1, 0.3, 0.2]))).answer).toBe(1);
  });

  it('is none where that word is no option, or where nothing is known', () => {
    expect(predict.happened(outcome(look(['<|user|>', 'rain', ' haiku'], [0.2, 0.6, 0.2])))).toEqual({
      answer: null,
      because: '“rain” had 60 % of the look.',
    });
    expect(predict.happened(outcome(null))).toEqual({ answer: null, because: unknown });
  });
});

describe('the captions of the lesson on what the model looks at', () => {
  const guessing = (...best: string[]): string => change.caption(outcome(look(['<|user|>'], [1], best)));

  it('say after which layer the guess turned, or that it never did', () => {
    expect(guessing('Yes', 'Yes', 'No')).toContain(
      'After layer 2 its best guess was still “Yes”, after layer 3 it was “No”.',
    );
    expect(guessing('No', 'Yes', 'No', 'No')).toContain(
      'After layer 2 its best guess was still “Yes”, after layer 4 it was “No”.',
    );
    expect(guessing('No', 'No')).toBe('The first token was “The”. From layer 1 on its best guess was “No”.');
  });

  it('say so where nothing is known of the run, in words and in the picture', () => {
    for (const left of [outcome(null), { ...outcome(look(['Write'], [1])), moments: new Map() }]) {
      expect(run.caption(left)).toBe(unknown);
      expect(change.caption(left)).toBe(unknown);
    }
    expect(firstLook(outcome(null))).toEqual({ kind: 'bars', shares: [], caption: 'What it looked at is not known' });
  });
});
