/*
 * The fields behind the chips, loaded together after the chips themselves.
 */

export { AboutModel } from './about-model';
export { ExperimentList } from './experiment-list';
export { InPlainWords } from './in-plain-words';
export { ModelField } from './model-field';
export { MoreFields } from './more-fields';
export { OwnKeyList } from './own-key';
export { OwnKeyEstimate } from './own-key-estimate';
export { ProbeButton } from './probe-button';
export { RefusedNote, RefusedSign } from './refused-note';
export { RunsField } from './runs-field';
export { SeedField } from './seed-field';
export { SettingField } from './setting-field';
export { VaryField } from './vary-field';
