/*
 * The fields behind the chips, loaded together after the chips themselves.
 */

export { ModelFields, SeedFields, SettingFields } from './chip-fields';
export { ExperimentList } from './experiment-list';
export { MoreFields } from './more-fields';
export { OwnKeyEstimate } from './own-key-estimate';
export { RefusedNote, RefusedSign } from './refused-note';
export { RunsField } from './runs-field';
export { VaryField } from './vary-field';
