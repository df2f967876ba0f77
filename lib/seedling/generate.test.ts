import { beforeAll, describe, expect, it } from 'vitest';
import { trainOnCorpus } from './corpus.fixture';
import { train } from './counts';
import { drawsOf } from './draws';
import { type GenerateOptions, generate } from './generate';
import { describeGenerate, options, write as writeText } from './generate.contract';
import { type ConditionedModel, condition, distributionAfter } from './model';
import { sample, temperTail } from './sampler';
import { segment } from './segment';

let conditioned: ConditionedModel;
beforeAll(() => {
  conditioned = condition(trainOnCorpus(), 'Write a haiku about spring.');
});

const write = (changes: Partial<GenerateOptions> = {}, by = conditioned) =>
  writeText((options) => generate(by, options), changes);

describeGenerate('Seedling', (settings) => generate(conditioned, settings));

describe('generate', () => {
  it('chooses each token as the sampler does, by temperature and top_p', () => {
    for (const settings of [
      { temperature: 0.5, top_p: 1 },
      { temperature: 1.7, top_p: 0.9 },
    ]) {
      const tail = temperTail(conditioned.base, settings.temperature);
      const context: number[] = [];
      for (const { token, ...chosen } of write({ ...settings, maxTokens: 15 }).tokens) {
        const { id, u, from, to } = sample(distributionAfter(conditioned, context), tail, settings, chosen.u);
        expect(chosen).toEqual({ id, u, from, to });
        expect(token).toBe(conditioned.counts.vocabulary.pieces[id]);
        context.push(id);
      }
    }
  });

  it('never changes: a permalink of today must repeat', () => {
    const corpus = [
      { form: 'list', keywords: ['default'], text: 'The cat sat on the mat. The dog sat on the cat. A cat ran.' },
      { form: 'list', keywords: ['rain'], text: 'The rain ran on the mat. A dog sat in the rain. The mat sat.' },
    ];
    const small = condition(train(corpus), 'cats in the rain');
    const texts = [0, 74, -1].map((seed) => write({ seed, temperature: 1.3, top_p: 0.95, maxTokens: 12 }, small).text);
    expect(texts).toEqual([
      'The rain ran on the mat. A dog sat in the',
      'The rain ran on the mat. The dog sat in the',
      'The rain ran on the mat.',
    ]);
  });

  it('never writes a token without text', () => {
    for (let seed = 0; seed < 20; seed++) expect(write({ seed }).tokens.map(({ token }) => token)).not.toContain('');
  });
});

describe('a prefill', () => {
  it('is given, not chosen, and marked so in the tokens', () => {
    const prefill = segment(conditioned.counts.vocabulary, 'A robot laughed');
    const tokens = [...generate(conditioned, { ...options, prefill, maxTokens: 5 })];
    expect(tokens.map(({ given }) => given)).toEqual([true, true, true, false, false]);
    expect(tokens.map(({ token }) => token).slice(0, 3)).toEqual(['A', ' robot', ' laughed']);
    expect(tokens.map(({ u }) => u)).toEqual(drawsOf(options.seed).take(5).toArray());
    expect(write({ prefill, maxTokens: 2 })).toMatchObject({ text: 'A robot', finish: 'length' });
  });

  it('has no segment where top_p cuts a token or the model cannot write it', () => {
    const prefill = [...segment(conditioned.counts.vocabulary, ' robot'), { id: 2, token: 'zzz' }];
    for (const temperature of [0, 1])
      for (const { from, to } of generate(conditioned, { ...options, temperature, top_p: 0.3, prefill, maxTokens: 2 }))
        expect([from, to]).toEqual([1, 1]);
  });

  it('has the segment that its token has on the line', () => {
    const prefill = segment(conditioned.counts.vocabulary, ' robot');
    const [robot] = generate(conditioned, { ...options, temperature: 1.5, prefill, maxTokens: 1 });
    let reached = 0;
    for (const { id, chance } of robot?.candidates() ?? []) {
      if (id === prefill[0]?.id) expect(robot?.to).toBeCloseTo(reached + chance, 9);
      if (id === prefill[0]?.id) break;
      reached += chance;
    }
    expect(reached).toBeGreaterThan(0);
    expect(robot?.from).toBeCloseTo(reached, 9);
  });

  it('ends at a stop sequence inside it', () => {
    const prefill = segment(conditioned.counts.vocabulary, 'The rain, the wind');
    expect(write({ prefill, stop: [', the'] })).toMatchObject({ text: 'The rain', finish: 'stop' });
  });
});

describe('stop sequences', () => {
  /** A model that says one sentence, whatever is asked: each token has been followed by one other only. */
  let oneSentence: ConditionedModel;
  const sentence = 'One two three four five six seven.';
  beforeAll(() => {
    oneSentence = condition(train([{ form: 'list', keywords: ['default'], text: sentence }]), '');
  });
  const say = (stop: string[], changes: Partial<GenerateOptions> = {}) =>
    write({ stop, temperature: 0, ...changes }, oneSentence);

  it('do not change a text that holds none', () => {
    expect(say([])).toMatchObject({ text: sentence, finish: 'stop' });
    expect(say(['eight', 'zero'])).toEqual(say([]));
  });

  it.each([
    { stop: [' three'], text: 'One two', where: 'at a token' },
    { stop: ['ree'], text: 'One two th', where: 'inside a token' },
    { stop: ['wo thr'], text: 'One t', where: 'across two tokens' },
    { stop: ['wo three four fi'], text: 'One t', where: 'across four tokens' },
    { stop: ['five', 'three', 'six'], text: 'One two ', where: 'at the first of several' },
    { stop: ['two three', 'two'], text: 'One ', where: 'at the shorter of two that begin alike' },
    { stop: ['two three', 'three'], text: 'One ', where: 'at the earlier of two that end alike' },
    { stop: ['One'], text: '', where: 'at the very beginning' },
    { stop: ['.'], text: 'One two three four five six seven', where: 'at the last token' },
    { stop: ['e'], text: 'On', where: 'at the first occurrence' },
  ])('cut $where: $stop', ({ stop, text }) => {
    expect(say(stop)).toMatchObject({ text, finish: 'stop' });
  });

  it('release what they held back when it turns out to be something else', () => {
    expect(say(['two three four fix']).tokens).toEqual(say([]).tokens);
    expect(say(['seven.!'])).toEqual(say([]));
  });

  it('release what they held back at the token limit', () => {
    expect(say(['three four five'], { maxTokens: 4 })).toMatchObject({ text: 'One two three four', finish: 'length' });
  });

  it('hold back no token that is certain', () => {
    const writing = generate(oneSentence, { ...options, temperature: 0, stop: ['three four'] });
    expect([writing.next().value, writing.next().value]).toMatchObject([{ token: 'One' }, { token: ' two' }]);
  });
});

describe('the worked token of docs/seedling.md', () => {
  it('is what the model writes', () => {
    const { tokens } = write({ seed: 74, temperature: 1, maxTokens: 2 });
    expect(tokens.map(({ token }) => token)).toEqual(['A', ' bee']);
    expect(tokens[1]?.u).toBeCloseTo(0.4362, 4);
    expect(tokens[1]?.from).toBeCloseTo(0.3866, 4);
    expect(tokens[1]?.to).toBeCloseTo(0.6692, 4);
  });
});
