import * as v from 'valibot';
import { ExchangeResponse } from './exchange';
import {
  ExperimentResponse,
  OwnResponse,
  RenameResponse,
  ReplaysResponse,
  ShareResponse,
  StopResponse,
} from './experiment';
import { ImportResponse, ListResponse } from './experiments';
import { Refusal } from './problem';
import { QuotasResponse } from './quotas';
import { HealthResponse, ModelsResponse, ReadinessResponse } from './status';

export { readEvents } from './event-stream';

/** What may come back, by what was asked for; `refusal` instead of any of them. */
export type Answers = {
  experiment: ExperimentResponse;
  exchange: ExchangeResponse;
  list: ListResponse;
  own: OwnResponse;
  replays: ReplaysResponse;
  rename: RenameResponse;
  share: ShareResponse;
  stop: StopResponse;
  import: ImportResponse;
  models: ModelsResponse;
  quotas: QuotasResponse;
  health: HealthResponse;
  readiness: ReadinessResponse;
  refusal: Refusal;
};

/** The shape of each, which /api/openapi.json is made from, too. */
export const shapes: { [Name in keyof Answers]: v.GenericSchema<unknown, Answers[Name]> } = {
  experiment: ExperimentResponse,
  exchange: ExchangeResponse,
  list: ListResponse,
  own: OwnResponse,
  replays: ReplaysResponse,
  rename: RenameResponse,
  share: ShareResponse,
  stop: StopResponse,
  import: ImportResponse,
  models: ModelsResponse,
  quotas: QuotasResponse,
  health: HealthResponse,
  readiness: ReadinessResponse,
  refusal: Refusal,
};

/** An answer from its JSON; null if it has another shape. */
export function readAnswer<Name extends keyof Answers>(name: Name, json: unknown): Answers[Name] | null {
  const read = v.safeParse(shapes[name], json);
  return read.success ? read.output : null;
}
