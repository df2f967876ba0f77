/** A different text for each run of a test, of 20 to 1,500 characters, including those that databases dislike. */
export const writtenText = (id: string, run: number): string =>
  `${id} ${run} \0 \ud800 💮 `.repeat(1 + ((run * 37) % 60));
