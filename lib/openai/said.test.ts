import { describe, expect, it } from 'vitest';
import { readSaid } from './said';

describe('what a server says of an error', () => {
  it.each([
    ['OpenAI', '{"error":{"message":"No.","type":"invalid_request_error","param":"seed","code":null}}', 'No.', 'seed'],
    [
      'a text in its place (TGI)',
      '{"error":"Input validation error","error_type":"validation"}',
      'Input validation error',
      null,
    ],
    [
      'vLLM, flat',
      '{"object":"error","message":"The model does not exist.","code":404}',
      'The model does not exist.',
      null,
    ],
    [
      'Mistral',
      '{"detail":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs"}]}',
      'seed: Extra inputs',
      'body.seed',
    ],
    [
      'Mistral, nested',
      '{"object":"error","message":{"detail":[{"loc":["body","seed"],"msg":"Extra inputs"}]}}',
      'seed: Extra inputs',
      'body.seed',
    ],
    ['FastAPI', '{"detail":"Not authenticated"}', 'Not authenticated', null],
    [
      'Google',
      '[{"error":{"code":400,"message":"Unknown name \\"seed\\"","status":"INVALID_ARGUMENT"}}]',
      'Unknown name "seed"',
      null,
    ],
    [
      'OpenRouter',
      '{"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"{\\"error\\":{\\"message\\":\\"Slow down.\\"}}"}}}',
      'Slow down.',
      null,
    ],
    [
      'OpenRouter, plain',
      '{"error":{"message":"Provider returned error","metadata":{"raw":"upstream busy"}}}',
      'upstream busy',
      null,
    ],
    [
      'a field inside another one',
      '{"detail":[{"loc":["body","stream_options","include_usage"],"msg":"Extra inputs"}]}',
      'include_usage: Extra inputs',
      'body.stream_options.include_usage',
    ],
    ['a list of errors', '{"errors":[{"message":"Bad seed.","param":"seed"}]}', 'Bad seed.', 'seed'],
    ['a list of errors with fields', '{"error":{"details":[{"field":"seed","message":"No."}]}}', 'No.', 'seed'],
    ['a list of names', '{"error":{"message":"No.","param":["seed"]}}', 'No.', 'seed'],
    ['a list of texts', '{"detail":["one","two"]}', 'one; two', null],
    ['a JSON text', '"busy"', 'busy', null],
    ['a page', '<html><head><title> Log in\n here </title></head></html>', 'Log in here', null],
    ['a page without a title', '<h1>502</h1>', '', null],
    ['plain text', 'no healthy upstream\n', 'no healthy upstream', null],
    ['nothing', '', '', null],
    ['null', 'null', '', null],
    ['an empty list', '[]', '', null],
    ['an object of another kind', '{"hello":1}', '', null],
    ['an error that is null', '{"error":null,"message":"No."}', 'No.', null],
  ])('is read in the shape of %s', (_, body, message, param) => {
    expect(readSaid(body)).toMatchObject({ message, param });
  });

  it.each([
    ['{"error":{"message":"No.","code":429}}', 429, null],
    ['{"error":{"message":"No.","code":"model_not_found"}}', null, 'model_not_found'],
    ['{"object":"error","message":"No.","type":"NotFoundError","code":404}', 404, 'NotFoundError'],
    ['{"status":403,"title":"Forbidden"}', 403, null],
    ['{"code":200,"message":"No."}', null, null],
  ])('has the status and the code of %s', (body, status, code) => {
    expect(readSaid(body)).toMatchObject({ status, code });
  });
});
