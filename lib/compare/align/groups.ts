/** One run's text, as much of it as is compared. */
export type RunText = { run: number; text: string };
/** Runs with the very same text. The letter names the group on the page: A is the most common text. */
export type Group = { letter: string; runs: number[]; text: string };

/** Groups of exactly equal texts, largest first, ties by the lowest run. Each run is in exactly one group. */
export function groupTexts(texts: readonly RunText[]): Group[] {
  return [...Map.groupBy(texts, ({ text }) => text)]
    .map(([text, those]) => ({ text, runs: those.map(({ run }) => run).sort((a, b) => a - b) }))
    .sort((a, b) => b.runs.length - a.runs.length || (a.runs[0] ?? 0) - (b.runs[0] ?? 0))
    .map((group, index) => ({ letter: letter(index), ...group }));
}

/** A … Z, AA, AB …: as spreadsheets count columns. */
function letter(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? letter(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}
