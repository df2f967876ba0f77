import { describe, expect, it } from 'vitest';
import { parseCorpus } from './corpus';
import { corpusFiles } from './corpus.fixture';

const file = `# haiku | spring blossom petal
Pale petals falling
on the grass

# joke |  robot   default
Why did the robot nap?

It was out of seeds.
`;

describe('parseCorpus', () => {
  it('reads form, keywords and text of each passage', () => {
    expect(parseCorpus(file)).toEqual([
      { form: 'haiku', keywords: ['spring', 'blossom', 'petal'], text: 'Pale petals falling\non the grass' },
      { form: 'joke', keywords: ['robot', 'default'], text: 'Why did the robot nap?\n\nIt was out of seeds.' },
    ]);
  });

  it('takes a # inside a line as text', () => {
    expect(parseCorpus('# list | number\nWe are # 1\n')).toEqual([
      { form: 'list', keywords: ['number'], text: 'We are # 1' },
    ]);
  });

  it('reads an empty file as no passages', () => {
    expect(parseCorpus('')).toEqual([]);
    expect(parseCorpus('\n\n')).toEqual([]);
  });

  it('refuses text before the first header and quotes it', () => {
    expect(() => parseCorpus('A stray line\n# haiku | spring\nPetals\n')).toThrow(
      /must begin with a header.*A stray line/,
    );
  });

  it.each([
    ['a header without keywords', '# haiku\nPetals\n'],
    ['a header with blank keywords', '# haiku |  \nPetals\n'],
    ['a passage without text', '# haiku | spring\n\n# haiku | rain\nRain\n'],
    ['a last header without text', '# haiku | spring\nPetals\n# haiku | rain\n'],
    ['a header at the very end of the file', '# haiku | spring\nPetals\n# haiku | rain'],
  ])('refuses %s', (_, text) => {
    expect(() => parseCorpus(text)).toThrow(/^Not a passage of the corpus: # haiku/);
  });
});

describe('the corpus', () => {
  const files = corpusFiles();

  it.each(files)('has well-formed passages in $name', ({ name, text }) => {
    expect(name).toMatch(/^[a-z]+\.txt$/);
    const passages = parseCorpus(text);
    expect(passages.length).toBeGreaterThan(0);
    for (const { form, keywords } of passages) {
      expect(form).toMatch(/^[a-z]/);
      for (const keyword of keywords) expect(keyword).toBe(keyword.toLowerCase());
    }
  });

  it('has at least 8,000 words', () => {
    const words = files.flatMap(({ text }) => parseCorpus(text)).flatMap(({ text }) => text.split(/\s+/));
    expect(words.length).toBeGreaterThanOrEqual(8000);
  });

  it('has passages to fall back on for a prompt that matches nothing', () => {
    const passages = files.flatMap(({ text }) => parseCorpus(text));
    expect(passages.filter(({ keywords }) => keywords.includes('default')).length).toBeGreaterThan(0);
  });

  it('has no carriage returns, so that every checkout trains the same model', () => {
    expect(files.filter(({ text }) => text.includes('\r')).map(({ name }) => name)).toEqual([]);
  });
});
