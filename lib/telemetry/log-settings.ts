// Apart from the log itself: the command reads the same environment, and logs nothing.

/** How much is told, from the most to nothing. */
export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
/** One JSON object a line for programs, or lines for people. */
export const logFormats = ['json', 'text'] as const;
