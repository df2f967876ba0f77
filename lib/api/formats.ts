/** The formats in which an experiment can be downloaded. */
export const exportFormats = [
  'json',
  'csv',
  'markdown',
  'python',
  'typescript',
  'curl',
  'pack',
  'batch',
  'promptfoo',
] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The format of a name, if it is one. */
export const toExportFormat = (name: string): ExportFormat | undefined => exportFormats.find((each) => each === name);
