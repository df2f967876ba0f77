/**
 * Why servers say that an answer ended, as OpenAI says it. Ollama, TGI, Together, Anthropic's and Google's gateways, Mistral,
 * SGLang, DeepSeek and vLLM have words of their own.
 */
const finishes: Readonly<Record<string, string>> = {
  eos: 'stop',
  eos_token: 'stop',
  end: 'stop',
  end_turn: 'stop',
  end_of_text: 'stop',
  stop_sequence: 'stop',
  stop_token: 'stop',
  complete: 'stop',
  completed: 'stop',
  done: 'stop',
  finished: 'stop',
  max_tokens: 'length',
  max_length: 'length',
  max_output_tokens: 'length',
  model_length: 'length',
  token_limit: 'length',
  context_length: 'length',
  safety: 'content_filter',
  recitation: 'content_filter',
  prohibited_content: 'content_filter',
  blocklist: 'content_filter',
  spii: 'content_filter',
  content_filtered: 'content_filter',
  tool_use: 'tool_calls',
  abort: 'error',
  aborted: 'error',
  cancelled: 'error',
  failed: 'error',
  network_error: 'error',
  insufficient_system_resource: 'error',
};

/** OpenAI's own words, and `error`, for an answer that its server gave up. */
const known: ReadonlySet<string> = new Set([
  'stop',
  'length',
  'content_filter',
  'tool_calls',
  'function_call',
  'refusal',
  'error',
]);

/**
 * A server's word for why an answer ended, as one of OpenAI's; null for a word that nobody is known to use.
 *
 *     'STOP' → 'stop' · 'eos_token' → 'stop' · 'MAX_TOKENS' → 'length' · 'banana' → null
 */
export function readFinish(word: string): string | null {
  const lower = word.toLowerCase();
  return known.has(lower) ? lower : (finishes[lower] ?? null);
}
