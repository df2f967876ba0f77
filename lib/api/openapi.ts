import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { z } from 'zod';
import { RunEvent, SavedExperiment } from '@/lib/run/check';
import { type Answers, shapes } from './answers';
import { Comparison } from './comparison';
import { Drift } from './drift';
import { Summary } from './experiments';
import { RunsVerdict } from './facts';
import { bodies, type Operation, type Outcome, operations } from './operations';
import { ProbeFindings } from './probe';
import { Replay } from './replay';
import { OfferedProvider } from './status';

/** A description of an API as OpenAPI 3.1 has it (https://spec.openapis.org/oas/v3.1.1), as far as it is used here. */
export type ApiDocument = {
  openapi: '3.1.1';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  paths: Record<string, Partial<Record<Operation['method'], ApiOperation>>>;
  components: { schemas: Record<string, object> };
};

type Content = Record<string, { schema: object }>;
type ApiResponse = { description: string; content?: Content };

type ApiOperation = {
  operationId: string;
  summary: string;
  description?: string;
  parameters?: object[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, ApiResponse>;
};

/**
 * The description of everything under /api, made from what the server itself reads requests with and a page reads answers
 * with.
 */
export function describeApi(version: string): ApiDocument {
  const paths: ApiDocument['paths'] = {};
  for (const operation of operations)
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationOf(operation) };
  return {
    openapi: '3.1.1',
    info: {
      title: 'Seedbed',
      version,
      description:
        'Runs one prompt several times, compares the answers, and says where they part. The first answer sets a cookie: what is run is private to whoever has it, until it is shared.',
    },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: { ...answerSchemas(), ...bodySchemas() } },
  };
}

function operationOf({ path, summary, about, parameters = [], body, outcome }: Operation): ApiOperation {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true },
    schema: { type: 'string' },
  }));
  const others = parameters.map(({ name, in: place, about: description, schema }) => ({
    ...{ name, in: place, description, schema },
  }));
  const all = [...inPath, ...others];
  return {
    operationId: operationId(summary),
    summary,
    ...(about && { description: about }),
    ...(all.length > 0 && { parameters: all }),
    ...(body && { requestBody: { required: body !== 'DeleteRequest', content: jsonOf(body) } }),
    responses: { ...responseOf(outcome), default: { description: 'Refused.', content: jsonOf('Refusal') } },
  };
}

/** 'List providers and models' → 'listProvidersAndModels' */
const operationId = (summary: string): string =>
  summary
    .replace(/'/g, '')
    .replace(/ (\w)/g, (_, first: string) => first.toUpperCase())
    .replace(/^\w/, (first) => first.toLowerCase());

function responseOf(outcome: Outcome): Record<string, ApiResponse> {
  switch (outcome.kind) {
    case 'json':
      return { [outcome.status]: { description: 'Done.', content: jsonOf(answerNames[outcome.of]) } };
    case 'events':
      return {
        200: {
          description: 'Server-sent events, each with a number as its id and one of these as its data.',
          content: { 'text/event-stream': { schema: refTo('RunEvent') } },
        },
      };
    case 'file':
      return {
        200: {
          description: 'The file.',
          content: Object.fromEntries(outcome.types.map((type) => [type, { schema: {} }])),
        },
      };
    case 'nothing':
      return { 204: { description: 'Done.' } };
  }
}

const answerNames: Record<keyof Answers, string> = {
  experiment: 'Experiment',
  exchange: 'Exchange',
  list: 'ExperimentList',
  own: 'Own',
  replays: 'Replays',
  rename: 'Renamed',
  share: 'Shared',
  stop: 'Stopped',
  import: 'Imported',
  models: 'Models',
  quotas: 'Quotas',
  health: 'Health',
  readiness: 'Readiness',
  refusal: 'Refusal',
};

const refTo = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });
const jsonOf = (name: string): Content => ({ 'application/json': { schema: refTo(name) } });

/** Parts of answers that have a name of their own. */
const parts = {
  Comparison,
  Drift,
  OfferedProvider,
  ProbeFindings,
  Replay,
  RunEvent,
  RunsVerdict,
  SavedExperiment,
  Summary,
};

/** The recipe inside an answer was read by the server already, which is why nothing is said of it there. */
const recipeIn = ({
  valibotSchema,
  jsonSchema,
}: {
  valibotSchema: { type: string };
  jsonSchema: JsonSchema;
}): JsonSchema => (valibotSchema.type === 'custom' ? refTo('Recipe') : jsonSchema);

function answerSchemas(): Record<string, object> {
  const answers = Object.entries(shapes).map(([name, shape]) => [answerNames[name as keyof Answers], shape] as const);
  const named: Record<string, v.GenericSchema<unknown, unknown>> = { ...parts, ...Object.fromEntries(answers) };
  return Object.fromEntries(
    Object.entries(named).map(([name, shape]) => {
      const { [name]: _, ...definitions } = named;
      const { $schema, $defs, ...schema } = toJsonSchema(shape, {
        ...{ typeMode: 'input', errorMode: 'ignore', target: 'draft-2020-12', definitions },
        overrideRef: ({ referenceId }) => refTo(referenceId).$ref,
        overrideSchema: recipeIn,
      });
      return [name, schema];
    }),
  );
}

function bodySchemas(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(bodies).map(([name, body]) => {
      const { $schema, ...schema } = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' });
      return [name, schema];
    }),
  );
}
