import { describe, expect, it } from 'vitest';
import { aProblem, aRequest } from '@/lib/run/records.fixture';
import { refusedParameter } from './refusal';

const request = aRequest({ seed: 7, temperature: 0, logprobs: true, top_logprobs: 20 });
const refusal = (message: string, param: string | null = null) => ({ ...aProblem('bad_request'), message, param });

describe('what a refusal is about', () => {
  it.each([
    ['the parameter that it names', refusal('No.', 'temperature'), 'temperature'],
    ['the one that its words name', refusal('Unknown name "seed": Cannot find field.'), 'seed'],
    ['the longer name where one is part of the other', refusal('top_logprobs must be at most 5'), 'top_logprobs'],
    ['its own name before its words', refusal('temperature and seed', 'seed'), 'seed'],
    ['streaming, which was sent unasked', refusal('Your organization must be verified to stream.', 'stream'), 'stream'],
    ['stream options, which were sent unasked', refusal('stream_options is not allowed'), 'stream_options'],
    ['what was asked for, before what was not', refusal('With stream, temperature is not allowed.'), 'temperature'],
    ['nothing that was not sent', refusal("Unsupported: 'top_p'.", 'top_p'), null],
    ['nothing where its words name two', refusal('seed, unlike temperature, is not known'), null],
    ['nothing where they name none', refusal('Bad request.'), null],
    ['nothing where it is no refusal of the request', { ...aProblem('key_refused'), param: 'seed' }, null],
  ])('is %s', (_, problem, key) => {
    expect(refusedParameter(problem, request)).toBe(key);
  });
});
