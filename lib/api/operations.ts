import { z } from 'zod';
import { Recipe } from '@/lib/recipe/schema';
import { endpoints, forWatchers, pages } from './addresses';
import type { Answers } from './answers';
import { exportFormats } from './formats';
import { ownKeyHeader } from './own-keys';
import {
  DeleteRequest,
  ImportRequest,
  ListQuery,
  ProbeRequest,
  RenameRequest,
  RunChoice,
  ShareRequest,
} from './requests';

/** The bodies of requests, by the name that the description of /api gives them. */
export const bodies = {
  Recipe,
  ProbeRequest,
  ImportRequest,
  RenameRequest,
  ShareRequest,
  DeleteRequest,
  RunChoice,
} satisfies Record<string, z.ZodType>;

/** A parameter that stands in the query or in a header. */
export type Parameter = { name: string; in: 'query' | 'header'; about: string; schema: Record<string, unknown> };

/** What comes back if all goes well: JSON of a shape, the events of runs, a file of a type, or nothing. */
export type Outcome =
  | { kind: 'json'; of: keyof Answers; status: 200 | 201 }
  | { kind: 'events' }
  | { kind: 'file'; types: readonly string[] }
  | { kind: 'nothing' };

/** What can be asked at an address; names in braces stand for what they say. */
export type Operation = {
  method: 'get' | 'post' | 'patch' | 'delete';
  path: string;
  summary: string;
  /** what else there is to know; '' for nothing */
  about: string;
  parameters?: readonly Parameter[];
  body?: keyof typeof bodies;
  outcome: Outcome;
};

const json = (of: keyof Answers, status: 200 | 201 = 200): Outcome => ({ kind: 'json', of, status });
const events: Outcome = { kind: 'events' };

const id = '{id}';

const pace: Parameter = {
  name: 'pace',
  in: 'query',
  about: 'Tokens a second, for built-in models, so that there is something to watch. Without it, as fast as it goes.',
  schema: { type: 'number', exclusiveMinimum: 0 },
};

const parent: Parameter = {
  name: 'parent',
  in: 'query',
  about: 'The id of an experiment whose recipe is run again, so that the two are compared.',
  schema: { type: 'string' },
};

const ownKey: Parameter = {
  name: ownKeyHeader,
  in: 'header',
  about:
    'Keys of your own, for providers whose `ownKey` is "may" or "must", with a space between: `openai=sk-…`. They are sent on to those and kept nowhere.',
  schema: { type: 'string' },
};

const lastEvent: Parameter = {
  name: 'Last-Event-ID',
  in: 'header',
  about: 'The id of the last event that has come; the stream goes on after it.',
  schema: { type: 'integer', minimum: 0 },
};

const format: Parameter = {
  name: 'format',
  in: 'query',
  about:
    'Texts and figures (json, csv, markdown), what makes the calls again (python, typescript, curl, batch, promptfoo), or all of it (pack).',
  schema: { type: 'string', enum: exportFormats, default: 'json' },
};

const listAbout: Record<keyof z.infer<typeof ListQuery>, string> = {
  search: 'Part of the title, the messages or the model, in upper or lower case.',
  after: 'The `next` of the page before.',
  limit: 'How many at most.',
};

/** The parameters that a query has, as its schema says. */
const listParameters = (Object.keys(listAbout) as (keyof typeof listAbout)[]).map(
  (name): Parameter => ({
    name,
    in: 'query',
    about: listAbout[name],
    schema: z.toJSONSchema(ListQuery.shape[name], { io: 'input' }),
  }),
);

/** Everything that programs may ask of this site. What is at /v1 is OpenAI's own API, answered by the models inside. */
export const operations: readonly Operation[] = [
  {
    method: 'post',
    path: endpoints.start(),
    summary: 'Run an experiment',
    about:
      'Stores it, makes its calls and streams what happens. It is private to whoever has the cookie that this answer sets.',
    parameters: [pace, parent, ownKey],
    body: 'Recipe',
    outcome: events,
  },
  {
    method: 'post',
    path: endpoints.probe,
    summary: 'Probe a model',
    about:
      'Finds out in at most twelve short calls what a model makes of seed, temperature, top-p and logprobs, as an experiment.',
    parameters: [ownKey],
    body: 'ProbeRequest',
    outcome: events,
  },
  {
    method: 'post',
    path: endpoints.import,
    summary: 'Import texts that were made elsewhere',
    about: 'Exports of this site, results of other tools, tables and plain texts. They are marked as imported.',
    body: 'ImportRequest',
    outcome: json('import', 201),
  },
  {
    method: 'get',
    path: endpoints.list(),
    summary: 'List experiments',
    about: "The caller's own, newest first.",
    parameters: listParameters,
    outcome: json('list'),
  },
  {
    method: 'get',
    path: endpoints.experiment(id),
    summary: 'Read an experiment',
    about: 'Its recipe, its runs, and what holds of them: as sentences, and as facts with a `kind`.',
    outcome: json('experiment'),
  },
  {
    method: 'patch',
    path: endpoints.experiment(id),
    summary: 'Name an experiment',
    about: '',
    body: 'RenameRequest',
    outcome: json('rename'),
  },
  {
    method: 'delete',
    path: endpoints.experiment(id),
    summary: 'Delete an experiment',
    about: "One of the caller's own, or any with the token of its delete link.",
    body: 'DeleteRequest',
    outcome: { kind: 'nothing' },
  },
  {
    method: 'get',
    path: endpoints.events(id),
    summary: 'Follow an experiment',
    about: 'What has happened and what happens: the whole stream again, or the rest of it.',
    parameters: [lastEvent],
    outcome: events,
  },
  {
    method: 'post',
    path: endpoints.stop(id),
    summary: 'Stop runs',
    about: 'Those that are named, or all. What they have written so far is kept.',
    body: 'RunChoice',
    outcome: json('stop'),
  },
  {
    method: 'post',
    path: endpoints.runs(id),
    summary: 'Run what is missing',
    about:
      'Runs that failed, were stopped or never began: those that are named, or all. What was run with a key of the caller’s own wants one again.',
    parameters: [pace, ownKey],
    body: 'RunChoice',
    outcome: events,
  },
  {
    method: 'get',
    path: endpoints.exchange(id, '{run}'),
    summary: 'Read what was sent for a run',
    about: 'The body of its request, and the headers that came back beside its answer. Never a key.',
    outcome: json('exchange'),
  },
  {
    method: 'post',
    path: endpoints.share(id),
    summary: 'Share an experiment',
    about:
      'From then on whoever has the link can read it. The first answer has its delete link, which is never given again.',
    body: 'ShareRequest',
    outcome: json('share'),
  },
  {
    method: 'get',
    path: endpoints.own(id),
    summary: 'Read what only its owner may see',
    about: '',
    outcome: json('own'),
  },
  {
    method: 'get',
    path: endpoints.replays(id),
    summary: 'Compare all experiments with its recipe',
    about: 'How the recipe came out whenever it was run, as far as the caller may see.',
    outcome: json('replays'),
  },
  {
    method: 'get',
    path: endpoints.export(id, 'json').split('?')[0] ?? '',
    summary: 'Download an experiment',
    about: '',
    parameters: [format],
    outcome: {
      kind: 'file',
      types: [
        'application/json',
        'application/jsonl',
        'text/csv',
        'text/markdown',
        'text/x-python',
        'text/plain',
        'text/x-shellscript',
      ],
    },
  },
  {
    method: 'get',
    path: pages.badge(id),
    summary: 'Draw a badge',
    about: 'The verdict on a shared experiment as a small picture, for a README. It changes when the experiment does.',
    outcome: { kind: 'file', types: ['image/svg+xml'] },
  },
  {
    method: 'get',
    path: pages.preview(id),
    summary: 'Draw a preview',
    about: 'The picture that chats show beside the link to a shared experiment.',
    outcome: { kind: 'file', types: ['image/png'] },
  },
  {
    method: 'get',
    path: endpoints.models,
    summary: 'List providers and models',
    about: '',
    parameters: [ownKey],
    outcome: json('models'),
  },
  {
    method: 'get',
    path: endpoints.quotas,
    summary: 'Read what may still be used',
    about: "The caller's limits, how much of each is used, and when it is given back.",
    outcome: json('quotas'),
  },
  {
    method: 'get',
    path: endpoints.health,
    summary: 'Ask whether the server is well',
    about: 'With status 503 while experiments cannot be run and kept.',
    outcome: json('health'),
  },
  {
    method: 'get',
    path: forWatchers.live,
    summary: 'Ask whether the server lives',
    about: 'If there is no answer, it should be started again.',
    outcome: json('readiness'),
  },
  {
    method: 'get',
    path: forWatchers.ready,
    summary: 'Ask whether the server is ready',
    about: 'With status 503 while visitors should be sent elsewhere: its store is away, or it is about to end.',
    outcome: json('readiness'),
  },
  {
    method: 'get',
    path: forWatchers.metrics,
    summary: 'Read metrics',
    about: 'For Prometheus: with the token that the operator has set, or from the same machine.',
    outcome: { kind: 'file', types: ['text/plain'] },
  },
  {
    method: 'get',
    path: endpoints.seedling('{hash}'),
    summary: "Download Seedling's counts",
    about: 'The numbers that Seedling writes from, for the lens of the page.',
    outcome: { kind: 'file', types: ['application/gzip'] },
  },
  {
    method: 'get',
    path: endpoints.sapling('{hash}'),
    summary: 'Download Sapling',
    about: 'Its weights and its tokenizer, for the lens of the page.',
    outcome: { kind: 'file', types: ['application/octet-stream'] },
  },
  {
    method: 'get',
    path: endpoints.openApi,
    summary: 'Read this description',
    about: 'OpenAPI 3.1.',
    outcome: { kind: 'file', types: ['application/json'] },
  },
];
