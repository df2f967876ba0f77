import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { bool, float, gguf, int, list, string, type Tensor, uint } from './gguf';

/*
 * Two models for llama.cpp, of half a megabyte each. Both have the architecture of Llama, two layers, chance for weights, and words
 * for tokens, so that what they say is readable and means nothing. One of them opens its answer with <think>, as models do that
 * reason, and closes it by chance.
 */

const width = 64;
const layers = 2;
const heads = 4;
const hidden = 128;

const words = `the a and of to in it was he she they that his her with had for on at as but not said little old one all
there when so went then would out up into came who could my king queen fox hare wolf bird tree house river forest stone bread
moon sun rain snow wind night day road door window garden mother father child woman man boy girl took gave saw heard asked told
found made put ran sat stood slept ate drank sang laughed wept loved knew thought good bad great small long short red white black
green golden silver warm cold deep high slowly quickly never always again once away home down under over through before after
until because if . , ; ! ?`.split(/\s+/);

/** Tokens as SentencePiece has them: a word begins with a space, and each byte is a token too, so that any prompt can be read. */
const special = ['<unk>', '<s>', '</s>', '<think>', '</think>'];
const bytes = Array.from({ length: 256 }, (_, at) => `<0x${at.toString(16).toUpperCase().padStart(2, '0')}>`);
const pieces = words.map((word) => (/\w/.test(word) ? `\u2581${word}` : word));
const tokens = [...special, ...bytes, ...pieces];
const kindOf = { normal: 1, unknown: 2, control: 3, userDefined: 4, byte: 6 };
const kinds = tokens.map((token, at) => {
  if (token === '<unk>') return kindOf.unknown;
  if (at < 3) return kindOf.control;
  if (at < special.length) return kindOf.userDefined;
  return at < special.length + bytes.length ? kindOf.byte : kindOf.normal;
});

const plainTemplate = `{%- for message in messages -%}{{ message.role }}: {{ message.content }}
{% endfor -%}{%- if add_generation_prompt -%}assistant:{%- endif -%}`;
const thinkingTemplate = `{%- for message in messages -%}{{ message.role }}: {% if message.reasoning_content %}<think>{{ message.reasoning_content }}</think>{% endif %}{{ message.content }}
{% endfor -%}{%- if add_generation_prompt -%}assistant:<think>{%- endif -%}`;

/** Normally distributed numbers from one seed (Box-Muller). */
function normal(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () =>
    Math.sqrt(-2 * Math.log(1 - uniformFloat64(generator))) * Math.cos(2 * Math.PI * uniformFloat64(generator));
}

/**
 * The weights. The first place of the residual stream is 4 at each token and nothing writes to it, so an output row adds what stands
 * in its own first place to its token's logit: that is how bytes stay unlikely and an answer comes to its end.
 */
function weights(thinks: boolean): Tensor[] {
  const draw = normal(7);
  const tensor = (name: string, shape: [number, number], weight: (row: number, column: number) => number): Tensor => {
    const [columns, rows] = shape;
    const data = Float32Array.from({ length: rows * columns }, (_, at) =>
      weight(Math.floor(at / columns), at % columns),
    );
    return { name, shape, data };
  };
  const ones = (name: string): Tensor => ({ name, shape: [width], data: new Float32Array(width).fill(1) });
  const chance = (scale: number) => () => draw() * scale;
  /** keeps the first place of what it writes to as it is */
  const writing = (scale: number) => (row: number) => (row === 0 ? 0 : draw() * scale);
  const bias = (token: number): number => {
    if (tokens[token] === '</s>') return thinks ? 0.6 : 1;
    if (tokens[token] === '</think>') return thinks ? 1.6 : -40;
    return kinds[token] === kindOf.normal ? 0 : -40;
  };
  const layer = (at: number): Tensor[] => [
    ones(`blk.${at}.attn_norm.weight`),
    tensor(`blk.${at}.attn_q.weight`, [width, width], chance(0.6)),
    tensor(`blk.${at}.attn_k.weight`, [width, width], chance(0.6)),
    tensor(`blk.${at}.attn_v.weight`, [width, width], chance(0.25)),
    tensor(`blk.${at}.attn_output.weight`, [width, width], writing(0.25)),
    ones(`blk.${at}.ffn_norm.weight`),
    tensor(`blk.${at}.ffn_gate.weight`, [width, hidden], chance(0.25)),
    tensor(`blk.${at}.ffn_up.weight`, [width, hidden], chance(0.25)),
    tensor(`blk.${at}.ffn_down.weight`, [hidden, width], writing(0.25)),
  ];
  return [
    tensor('token_embd.weight', [width, tokens.length], (_, column) => (column === 0 ? 4 : draw())),
    ...Array.from({ length: layers }, (_, at) => layer(at)).flat(),
    ones('output_norm.weight'),
    tensor('output.weight', [width, tokens.length], (row, column) => (column === 0 ? bias(row) : draw() * 0.25)),
  ];
}

const model = (name: string, thinks: boolean): Buffer =>
  gguf(
    {
      'general.architecture': string('llama'),
      'general.name': string(name),
      'llama.context_length': uint(8192),
      'llama.embedding_length': uint(width),
      'llama.block_count': uint(layers),
      'llama.feed_forward_length': uint(hidden),
      'llama.attention.head_count': uint(heads),
      'llama.attention.head_count_kv': uint(heads),
      'llama.attention.layer_norm_rms_epsilon': float(1e-5),
      'llama.rope.dimension_count': uint(width / heads),
      'llama.vocab_size': uint(tokens.length),
      'tokenizer.ggml.model': string('llama'),
      'tokenizer.ggml.tokens': list(tokens.map(string)),
      'tokenizer.ggml.scores': list(tokens.map((_, at) => float(-at))),
      'tokenizer.ggml.token_type': list(kinds.map(int)),
      'tokenizer.ggml.unknown_token_id': uint(0),
      'tokenizer.ggml.bos_token_id': uint(1),
      'tokenizer.ggml.eos_token_id': uint(2),
      'tokenizer.ggml.add_bos_token': bool(true),
      'tokenizer.chat_template': string(thinks ? thinkingTemplate : plainTemplate),
    },
    weights(thinks),
  );

/** Writes tiny.gguf and tiny-thinks.gguf into a folder. */
export function writeModels(folder: string): void {
  writeFileSync(join(folder, 'tiny.gguf'), model('tiny', false));
  writeFileSync(join(folder, 'tiny-thinks.gguf'), model('tiny-thinks', true));
}
