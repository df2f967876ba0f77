import { err, ok } from '@/lib/result';
import type { Exchange, RunEvent, RunProblem, TokenInfo } from '@/lib/run/events';
import type { Provider, ProviderEvent, RunCall } from '@/lib/run/provider';
import { KeyForms, type Stretch } from './key-forms';
import { masked } from './mask';
import { openAiProvider, type Service } from './provider';

/**
 * The provider of a service that is called with a visitor's own key, whose runs say so. Nothing that it reports holds the key, in
 * none of its forms (see KeyForms): it stands as "[key]" in texts, tokens, names and errors, from the first event on, so what
 * is shown, what is stored and what others may follow are one. A run in whose answer it stood has the note `key_masked`.
 */
export function visitorProvider(service: Omit<Service, 'apiKey' | 'whose'>, key: string): Provider {
  const provider = openAiProvider({ ...service, apiKey: key, whose: 'visitor' });
  const forms = new KeyForms(key);
  return {
    endpoint: provider.endpoint,
    ...(provider.dialect ? { dialect: provider.dialect } : {}),
    key: 'visitor',
    run: (call) => runWithoutKey(provider, call, forms),
    models: async () => {
      const listed = await provider.models();
      return listed.ok
        ? ok(listed.value.map((model) => ({ ...model, id: mask(model.id, forms) })))
        : err(maskedError(listed.error, (text) => mask(text, forms)));
    },
  };
}

/** A text that came whole. */
const mask = (text: string, forms: KeyForms): string =>
  forms
    .read(text)
    .map(({ text: part, key }) => (key ? masked : part))
    .join('');

type Delta = Extract<RunEvent, { type: 'text-delta' }>;

async function* runWithoutKey(provider: Provider, call: RunCall, forms: KeyForms): AsyncGenerator<ProviderEvent> {
  const { run } = call.spec;
  const answer = new Answer(forms);
  for await (const event of provider.run(call)) {
    if (event.type === 'run-wait') yield event;
    else if (event.type === 'text-delta') yield* deltaOf(run, answer.take(event));
    else {
      yield* deltaOf(run, answer.rest());
      yield ending(event, answer, forms);
    }
  }
}

/** The event of what there is to report; none if that is nothing. */
function* deltaOf(run: number, { text, reasoning, tokens }: Taken): Generator<Delta> {
  if (text === '' && reasoning === '' && tokens.length === 0) return;
  yield {
    ...{ type: 'text-delta', run, text },
    ...(reasoning === '' ? {} : { reasoning }),
    ...(tokens.length === 0 ? {} : { tokens }),
  };
}

function ending(
  event: Extract<ProviderEvent, { type: 'run-end' | 'run-error' }>,
  { found }: Answer,
  forms: KeyForms,
): ProviderEvent {
  const name = (text: string) => mask(text, forms);
  const exchange = event.exchange && { exchange: maskedExchange(event.exchange, name) };
  if (event.type === 'run-end') {
    const { requestId, rawFinish, notes = [] } = event;
    return {
      ...event,
      ...exchange,
      model: name(event.model),
      fingerprints: event.fingerprints.map(name),
      requestId: requestId === null ? null : name(requestId),
      ...(rawFinish === undefined ? {} : { rawFinish: name(rawFinish) }),
      ...(found ? { notes: [...notes, 'key_masked'] } : {}),
    };
  }
  const { error, model, fingerprints } = event;
  const said = maskedError(error, name);
  return {
    ...event,
    ...exchange,
    error: found ? { ...said, message: `${said.message} ${answerHeldKey}` } : said,
    ...(model === undefined ? {} : { model: name(model) }),
    ...(fingerprints === undefined ? {} : { fingerprints: fingerprints.map(name) }),
  };
}

const maskedError = (error: RunProblem, name: (text: string) => string): RunProblem => ({
  ...error,
  message: name(error.message),
  param: error.param === null ? null : name(error.param),
});

function maskedExchange({ request, response }: Exchange, name: (text: string) => string): Exchange {
  const headersOf = (headers: Record<string, string>) =>
    Object.fromEntries(Object.entries(headers).map(([header, value]) => [name(header), name(value)]));
  return {
    request: {
      url: name(request.url),
      headers: headersOf(request.headers),
      body: request.body === null ? null : name(request.body),
    },
    response: response && { status: response.status, headers: headersOf(response.headers) },
  };
}

const answerHeldKey = `${masked} stands where the answer held the visitor’s key.`;

type Taken = { text: string; reasoning: string; tokens: TokenInfo[] };

/** What one run answers, without the key: what may be its beginning is held back until more has come. */
class Answer {
  /** whether the key has stood in it */
  found = false;
  private readonly text: Masking;
  private readonly reasoning: Masking;
  private readonly tokens: TokenMasking;

  constructor(forms: KeyForms) {
    const noting = () => {
      this.found = true;
    };
    this.text = new Masking(forms, noting);
    this.reasoning = new Masking(forms, noting);
    this.tokens = new TokenMasking(forms, noting);
  }

  take({ text, reasoning = '', tokens = [] }: Pick<Delta, 'text' | 'reasoning' | 'tokens'>): Taken {
    return { text: this.text.take(text), reasoning: this.reasoning.take(reasoning), tokens: this.tokens.take(tokens) };
  }

  rest(): Taken {
    return { text: this.text.rest(), reasoning: this.reasoning.rest(), tokens: this.tokens.rest() };
  }
}

/** A text that comes in pieces. */
class Masking {
  private readonly reader;

  constructor(
    forms: KeyForms,
    private readonly noting: () => void,
  ) {
    this.reader = forms.reader();
  }

  take = (piece: string): string => this.join(this.reader.read(piece));
  rest = (): string => this.join(this.reader.end());

  private join(stretches: readonly Stretch[]): string {
    if (stretches.some(({ key }) => key)) this.noting();
    return stretches.map(({ text, key }) => (key ? masked : text)).join('');
  }
}

/**
 * The tokens of a text. Those over which a key extends become one, which is as likely as all of them together and has no alternatives:
 *
 *     "My"  " sk-"  "4f9…"  "c1."   →   "My"  " [key]."
 */
class TokenMasking {
  private readonly reader;
  /** the tokens that have not been given yet; the first begins at `at` in the text of all */
  private waiting: TokenInfo[] = [];
  private at = 0;
  /** how far that text has been read, and where keys have been found in it that have not been given */
  private readTo = 0;
  private keys: Span[] = [];

  constructor(
    private readonly forms: KeyForms,
    private readonly noting: () => void,
  ) {
    this.reader = forms.reader();
  }

  take(tokens: readonly TokenInfo[]): TokenInfo[] {
    this.waiting.push(...tokens);
    return this.give(this.reader.read(tokens.map(({ token }) => token).join('')));
  }

  rest = (): TokenInfo[] => this.give(this.reader.end());

  private give(stretches: readonly Stretch[]): TokenInfo[] {
    for (const { text, key } of stretches) {
      const from = this.readTo;
      this.readTo += text.length;
      if (key) this.keys.push({ from, to: this.readTo });
    }
    const given: TokenInfo[] = [];
    for (let next = this.next(); next; next = this.next()) given.push(next);
    return given;
  }

  /** The next token, or those over which a key extends as one; null unless all of it has been read. */
  private next(): TokenInfo | null {
    const [first] = this.waiting;
    if (!first) return null;
    let count = 1;
    let end = this.at + first.token.length;
    for (const key of this.keys) {
      if (key.from >= end) break;
      for (; key.to > end; count++) end += this.waiting[count]?.token.length ?? key.to - end;
    }
    if (end > this.readTo) return null;
    const tokens = this.waiting.splice(0, count);
    const inside = this.keys.filter(({ from }) => from < end);
    this.keys = this.keys.slice(inside.length);
    const start = this.at;
    this.at = end;
    return inside.length === 0 ? this.withoutKey(first) : this.joined(tokens, inside, start);
  }

  private joined(tokens: readonly TokenInfo[], keys: readonly Span[], start: number): TokenInfo {
    this.noting();
    const text = tokens.map(({ token }) => token).join('');
    let token = '';
    let at = start;
    for (const { from, to } of keys) {
      token += text.slice(at - start, from - start) + masked;
      at = to;
    }
    token += text.slice(at - start);
    const logprob = tokens.reduce((sum, each) => sum + each.logprob, 0);
    return { token, logprob, bytes: null, top_logprobs: [] };
  }

  /** A token whose own text is kept: its alternatives, and bytes that say something else than their text, need not be. */
  private withoutKey({ top_logprobs, ...own }: TokenInfo): TokenInfo {
    return { ...this.alone(own), top_logprobs: top_logprobs.map((each) => this.alone(each)) };
  }

  private alone({ token, logprob, bytes }: Alternative): Alternative {
    const kept = mask(token, this.forms);
    if (kept !== token) this.noting();
    return { token: kept, logprob, bytes: kept === token && spell(bytes, token) ? bytes : null };
  }
}

type Span = { from: number; to: number };
type Alternative = Omit<TokenInfo, 'top_logprobs'>;

/** Whether bytes are those of a token; a part of a character, which has no text of its own, has bytes above 127 only. */
const spell = (bytes: readonly number[] | null, token: string): boolean =>
  bytes === null || bytes.every((byte) => byte > 127) || new TextDecoder().decode(Uint8Array.from(bytes)) === token;
