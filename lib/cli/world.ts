/** What a command may touch of the machine: made once by the program, and by tests to their liking. */
export type World = {
  cwd: string;
  env: Readonly<NodeJS.ProcessEnv>;
  /** the folder with what comes with the program: Seedling's corpus, Sapling's artifact, the suite's schema */
  home: string;
  version: string;
  /** how wide the terminal is that reads standard output; null if a file or a program does */
  columns: number | null;
  /** how high it is */
  rows: number | null;
  colour: boolean;
  /** aborts when somebody stops the command */
  signal: AbortSignal;
  /** to standard output, in whole lines */
  print: (text: string) => void;
  /** to standard error, in whole lines */
  tell: (text: string) => void;
  /** lines on the terminal, no wider and not higher than it is, that the next ones replace; nothing where there is no terminal */
  progress: (text: string) => void;
  /** what somebody types after a question; null where nobody can be asked */
  ask: ((question: string) => Promise<string>) | null;
  now: () => Date;
};
