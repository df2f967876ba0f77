import { describe, expect, it } from 'vitest';
import { type Answer, KeptAnswers } from './kept-answers';

const answer = (text: string, ...of: string[]): Answer => ({
  of,
  owner: 'anna',
  headers: {},
  body: Buffer.from(text),
  packed: [],
});

/** Kept answers with a clock of their own, and how often each path has been made. */
function aKeeper(bytes = 1000) {
  const clock = { ms: 0 };
  const made: string[] = [];
  const kept = new KeptAnswers({ ms: 100, bytes, now: () => clock.ms });
  const ask = (path: string, give: Answer | null | Promise<Answer> = answer(path, path)) =>
    kept.get(path, async () => {
      made.push(path);
      return give;
    });
  return { kept, clock, made, ask };
}

describe('an answer that is kept', () => {
  it('is made once, however many ask at once or later', async () => {
    const { made, ask } = aKeeper();
    const answers = await Promise.all([ask('a'), ask('a'), ask('a')]);
    expect(new Set([...answers, await ask('a')]).size).toBe(1);
    expect(made).toEqual(['a']);
  });

  it('is made anew after its time', async () => {
    const { clock, made, ask } = aKeeper();
    await ask('a');
    clock.ms = 99;
    await ask('a');
    expect(made).toEqual(['a']);
    clock.ms = 100;
    await ask('a');
    expect(made).toEqual(['a', 'a']);
  });

  it('is thrown away when an experiment changes that it shows, and no other is', async () => {
    const { kept, made, ask } = aKeeper();
    await ask('child', answer('text', 'child', 'parent'));
    await ask('other');
    kept.drop('parent');
    await ask('child');
    await ask('other');
    expect(made).toEqual(['child', 'other', 'child']);
  });

  it('is not kept if something changed while it was made', async () => {
    const { kept, made, ask } = aKeeper();
    const rendering = Promise.withResolvers<Answer>();
    const asked = ask('a', rendering.promise);
    kept.drop('whatever');
    const old = answer('old', 'a');
    rendering.resolve(old);
    expect(await asked).toBe(old);
    expect(await ask('a')).not.toBe(old);
    expect(made).toEqual(['a', 'a']);
  });

  it('is not kept if there is none, or making it fails', async () => {
    const { made, ask } = aKeeper();
    expect(await ask('a', null)).toBeNull();
    await expect(ask('a', Promise.reject(new Error('no store')))).rejects.toThrow('no store');
    await ask('a');
    expect(made).toEqual(['a', 'a', 'a']);
  });

  it('makes room for newer ones, the oldest first', async () => {
    const { made, ask } = aKeeper(10);
    for (const path of ['a', 'b', 'c']) await ask(path, answer('1234', path));
    made.length = 0;
    for (const path of ['b', 'c', 'a']) await ask(path);
    expect(made).toEqual(['a']);
  });

  it('is not kept at all if it is larger than the room', async () => {
    const { made, ask } = aKeeper(3);
    await ask('a', answer('1234', 'a'));
    await ask('a');
    expect(made).toEqual(['a', 'a']);
  });
});
