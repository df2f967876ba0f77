import type { Distribution } from '@/lib/seedling/model';
import type { SeedlingRequest } from '@/lib/seedling/request';
import type { SegmentedToken } from '@/lib/seedling/segment';
import type { TokenId } from '@/lib/seedling/vocabulary';
import type { Finish, GeneratedToken, WritingOptions } from '@/lib/seedling/writing';

/** The models that can be computed here, by the name that their fingerprints begin with. */
export type ModelName = 'seedling' | 'sapling';

/**
 * What the lens needs of a model, as one back end calculates it: its tokens, and what it makes of a prompt. It is the
 * program that wrote the runs, so all numbers are theirs to the last bit.
 */
export type LensModel = {
  /** by id, what a token is called: its text, its bytes where these are no whole character, or '' if it ends a text */
  pieces: readonly string[];
  endId: TokenId;
  /** the id of a token by what it is called */
  idOf: (piece: string) => TokenId;
  /** cuts a text into the tokens as which the model reads it */
  segment: (text: string) => SegmentedToken[];
  /** the model with the prompt of a request; null if it cannot take it */
  prompt: (request: SeedlingRequest) => PromptedModel | null;
};

export type PromptedModel = {
  /** Writes an answer. One that is guessed right is written faster, and no other way. */
  write: (options: WritingOptions, guess: string) => Generator<GeneratedToken, Finish>;
  /** what the token after these is drawn from */
  distributionAfter: (written: readonly TokenId[]) => Distribution;
  /** null if the model is no network */
  network: PromptedNetwork | null;
};

/** What is inside a network while it answers. */
export type PromptedNetwork = {
  /** the tokens of the prompt */
  asked: readonly TokenId[];
  /** how the choice after these tokens came about: what each head of each layer looked at, and the guess after each layer */
  look: (written: readonly TokenId[]) => { attention: Float32Array[][]; guesses: Distribution[] };
  /** by token, the scores (logits) of what may follow these */
  scoresAfter: (written: readonly TokenId[]) => Float32Array;
};

/**
 * A model, by the tag of one of its back ends and how many requests that had in flight; null if it has none of that tag, or
 * needs a number of requests and is given none.
 */
export type ModelByTag = (tag: string, inFlight?: number) => LensModel | null;
