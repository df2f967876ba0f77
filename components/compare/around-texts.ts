/*
 * What stands around the texts, loaded together after the texts themselves.
 */

export { ArmTable } from './arm-table';
export { ExpectedText } from './expected-text';
export { FiguresPanel, SeedTestLine } from './figures-panel';
export { KeptHeight } from './kept-height';
export { MarkingNote } from './marking-note';
export { Outdated } from './outdated';
export { ProbeTable } from './probe-table';
export { Proof } from './proof';
export { Refused } from './refused';
export { ReplayPart } from './replay-part';
export { SentTo } from './sent-to';
export { TitleBelow } from './title-below';
export { ViewOptions } from './view-options';
