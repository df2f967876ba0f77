/** One text of the corpus: its form ("haiku"), the keywords by which a prompt finds it, and the text itself. */
export type Passage = { form: string; keywords: string[]; text: string };

/**
 * Reads a corpus file. A passage is a header line and the lines up to the next header:
 *
 *     # haiku | spring blossom petal
 *     Pale petals falling
 *     …
 *
 * Throws on text before the first header, a header without keywords, or a passage without text: a corpus file is part
 * of the program, so a slip in it should stop the build.
 */
export function parseCorpus(file: string): Passage[] {
  const [before, ...passages] = file.split(/^# /m);
  if (before?.trim()) throw new Error(`A corpus file must begin with a header, not with: ${before.slice(0, 60)}`);
  return passages.map((passage) => {
    const end = passage.indexOf('\n');
    const [form = '', keywords = ''] = passage.slice(0, end).split('|');
    const text = passage.slice(end).trim();
    if (end < 0 || !keywords.trim() || !text) throw new Error(`Not a passage of the corpus: # ${passage.slice(0, 60)}`);
    return { form: form.trim(), keywords: keywords.trim().split(/\s+/), text };
  });
}
