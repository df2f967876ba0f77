import { armRequests, bodyOf, maxAtOnce, plan, type RunSpec } from '@/lib/recipe/plan';
import type { SavedExperiment } from '@/lib/run/saved';
import { shellQuote } from './exchange';
import { isWhole, quote, splitBodies, splitRequests, toJsonLiteral, toPythonLiteral } from './program';
import { type Target, targetOf } from './target';

/** Programs are made from the recipe, and from where its runs were sent. */
type Asked = Pick<SavedExperiment, 'recipe' | 'runs' | 'origin'>;

/*
 * Programs that repeat an experiment: the same bodies, as often, in parallel or one after the other. They print every
 * text with its fingerprint, then whether the texts are equal. None of them contains a key.
 *
 * They call `openUrl`, as in "http://127.0.0.1:3000/v1", with the key "none", if there is an API there that needs none.
 * If it is null they call with OPENAI_API_KEY from the environment, at OPENAI_BASE_URL or else where the runs were sent (see
 * `targetOf`): never at OpenAI's address, which the official packages would take, unless the runs were sent there.
 */

/** A POSIX shell script that needs only curl. */
export function toCurl(asked: Asked, openUrl: string | null): string {
  const { recipe } = asked;
  const target = targetOf(asked, openUrl);
  const bodies = armRequests(recipe).flatMap((request, arm) => [
    `cat > "$folder/body-${arm + 1}.json" <<'BODY'`,
    toJsonLiteral(bodyOf(request)),
    'BODY',
  ]);
  const specs = plan(recipe);
  const together = recipe.dispatch !== 'sequential';
  return lines(
    '#!/bin/sh',
    '# Repeats the experiment with curl. Run it with: sh repeat.sh',
    'set -eu',
    'export LC_ALL=C',
    ...target.notes.map((note) => `# ${note}`),
    ...shellTarget(target),
    'folder=$(mktemp -d)',
    `trap 'rm -rf "$folder"' EXIT`,
    '',
    '# What is asked: one body for each group of runs.',
    ...bodies,
    '',
    'ask() { # run, body',
    '  # A server that has had too much, or stumbles, is asked again, as late as it asks for by Retry-After.',
    '  curl --silent --show-error --retry 5 "$base_url/chat/completions" --output "$folder/answer-$1.json" \\',
    '    --header "content-type: application/json" --header "authorization: Bearer $api_key" \\',
    '    --data-binary "@$folder/body-$2.json" || true',
    '}',
    '',
    ...(together ? askTogether(specs) : askInTurn(specs)),
    '',
    '# The first value of a key in an answer, as it stands there: a string in JSON, or null.',
    'value() { # key, run',
    String.raw`  grep -oE '"'"$1"'": *("([^"\\]|\\.)*"|null)' "$folder/answer-$2.json" | head -n 1 | sed 's/^"[a-z_]*": *//'`,
    '}',
    '',
    'run=0',
    'failed=0',
    ': > "$folder/texts"',
    `while [ "$run" -lt ${specs.length} ]; do`,
    '  run=$((run + 1))',
    '  touch "$folder/answer-$run.json"',
    '  text=$(value content "$run")',
    '  if [ -z "$text" ]; then',
    '    echo "Run $run failed:" >&2',
    '    cat "$folder/answer-$run.json" >&2',
    '    failed=$((failed + 1))',
    '    continue',
    '  fi',
    '  fingerprint=$(value system_fingerprint "$run" | tr -d \'"\')',
    `  printf '%s\\n' "--- run $run, fingerprint \${fingerprint:-none}" "$text"`,
    `  printf '%s\\n' "$text" >> "$folder/texts"`,
    'done',
    '',
    'distinct=$(($(sort -u "$folder/texts" | wc -l)))',
    `if [ "$distinct" -eq 1 ]; then equal='All equal.'; else equal='Not all equal.'; fi`,
    `if [ "$failed" -gt 0 ]; then echo "Runs: ${specs.length}, of which $failed failed. Distinct texts: $distinct."; exit 1; fi`,
    `echo "Runs: ${specs.length}. Distinct texts: $distinct. $equal"`,
  );
}

function askTogether(specs: readonly RunSpec[]): string[] {
  const waits = ({ run }: RunSpec): string[] => (run % maxAtOnce === 0 && run < specs.length ? ['wait'] : []);
  return [
    specs.length > maxAtOnce ? `# ${maxAtOnce} runs at once.` : '# All runs at once.',
    ...specs.flatMap((spec) => [`ask ${spec.run} ${spec.arm + 1} &`, ...waits(spec)]),
    'wait',
  ];
}

const askInTurn = (specs: readonly RunSpec[]): string[] => [
  '# One run after the other.',
  ...specs.map(({ run, arm }) => `ask ${run} ${arm + 1}`),
];

/** A TypeScript program with OpenAI's official package. Node 24 runs it without a build. */
export function toTypeScript(asked: Asked, openUrl: string | null): string {
  const { recipe } = asked;
  const target = targetOf(asked, openUrl);
  const { shared, arms } = splitBodies(recipe);
  return lines(
    "// Repeats the experiment with OpenAI's official package. Node 24 runs it as it is:",
    '//   npm install openai',
    `//   ${setting(target)}node repeat.mts`,
    ...target.notes.map((note) => `// ${note}`),
    ...(target.kind === 'open' ? [] : ["import { env } from 'node:process';"]),
    "import OpenAI from 'openai';",
    '',
    ...typeScriptTarget(target),
    '',
    'type Body = OpenAI.ChatCompletionCreateParamsNonStreaming;',
    '',
    '// What all runs have in common.',
    `const request: Partial<Body> = ${toJsonLiteral(shared)};`,
    '',
    '// What varies: one entry for each group of runs.',
    `const arms: Partial<Body>[] = ${toJsonLiteral(arms)};`,
    `const repeats = ${recipe.repeats};`,
    'const bodies = arms.flatMap((arm) => Array<Body>(repeats).fill({ ...request, ...arm } as Body));',
    '',
    'async function ask(body: Body) {',
    '  const answer = await client.chat.completions.create(body);',
    "  return { text: answer.choices[0]?.message.content ?? '', fingerprint: answer.system_fingerprint ?? 'none' };",
    '}',
    '',
    ...(recipe.dispatch === 'sequential'
      ? [
          '// One run after the other.',
          'const answers = [];',
          'for (const body of bodies) answers.push(await ask(body));',
        ]
      : ['// All runs at once.', 'const answers = await Promise.all(bodies.map(ask));']),
    '',
    'for (const [index, { text, fingerprint }] of answers.entries()) {',
    `  console.log(\`--- run \${index + 1}, fingerprint \${fingerprint}\`);`,
    '  console.log(text);',
    '}',
    'const distinct = new Set(answers.map(({ text }) => text)).size;',
    "const equal = distinct === 1 ? 'All equal.' : 'Not all equal.';",
    `console.log(\`Runs: \${answers.length}. Distinct texts: \${distinct}. \${equal}\`);`,
  );
}

/** A Python program with OpenAI's official package. */
export function toPython(asked: Asked, openUrl: string | null): string {
  const { recipe } = asked;
  const target = targetOf(asked, openUrl);
  const { shared, arms } = splitRequests(recipe);
  const together = recipe.dispatch !== 'sequential';
  return lines(
    "# Repeats the experiment with OpenAI's official package:",
    '#   pip install openai',
    `#   ${setting(target)}python3 repeat.py`,
    ...target.notes.map((note) => `# ${note}`),
    ...(isWhole([shared, arms]) ? [] : halfPair),
    ...pythonImports(target, together),
    'from openai import OpenAI',
    '',
    ...pythonTarget(target),
    '',
    '# What all runs have in common.',
    `request = ${toPythonLiteral(shared)}`,
    '',
    '# What varies: one entry for each group of runs.',
    `arms = ${toPythonLiteral(arms)}`,
    `repeats = ${recipe.repeats}`,
    'bodies = [{**request, **arm} for arm in arms for _ in range(repeats)]',
    '',
    '',
    'def ask(body):',
    '    answer = client.chat.completions.create(**body)',
    '    return answer.choices[0].message.content or "", answer.system_fingerprint or "none"',
    '',
    '',
    ...(together
      ? [
          '# All runs at once.',
          'with ThreadPoolExecutor(len(bodies)) as pool:',
          '    answers = list(pool.map(ask, bodies))',
        ]
      : ['# One run after the other.', 'answers = [ask(body) for body in bodies]']),
    '',
    'for run, (text, fingerprint) in enumerate(answers, start=1):',
    '    print(f"--- run {run}, fingerprint {fingerprint}")',
    '    print(text)',
    '',
    'distinct = len({text for text, _ in answers})',
    'equal = "All equal." if distinct == 1 else "Not all equal."',
    'print(f"Runs: {len(answers)}. Distinct texts: {distinct}. {equal}")',
  );
}

const lines = (...parts: string[]): string => `${parts.join('\n')}\n`;

/** The variables that the program needs, as they are written before a command. */
function setting({ kind }: Target): string {
  if (kind === 'open') return '';
  return kind === 'recorded' ? 'OPENAI_API_KEY=... ' : 'OPENAI_BASE_URL=... OPENAI_API_KEY=... ';
}

const needsAddress = 'Set OPENAI_BASE_URL to the address of the API.';

function shellTarget(target: Target): string[] {
  if (target.kind === 'open') return [`base_url=${shellQuote(target.url.replace(/\/+$/, ''))}`, 'api_key=none'];
  const key = `api_key="\${OPENAI_API_KEY:?Set OPENAI_API_KEY to your key.}"`;
  if (target.kind === 'unknown') return [`base_url="\${OPENAI_BASE_URL:?${needsAddress}}"`, key];
  return [`recorded_url=${shellQuote(target.url)}`, `base_url="\${OPENAI_BASE_URL:-$recorded_url}"`, key];
}

function typeScriptTarget(target: Target): string[] {
  switch (target.kind) {
    case 'open':
      return [`const client = new OpenAI({ baseURL: ${quote(target.url)}, apiKey: 'none' });`];
    case 'recorded':
      return [`const client = new OpenAI({ baseURL: env.OPENAI_BASE_URL || ${quote(target.url)} });`];
    case 'unknown':
      return [
        `if (!env.OPENAI_BASE_URL) throw new Error('${needsAddress}');`,
        'const client = new OpenAI({ baseURL: env.OPENAI_BASE_URL });',
      ];
  }
}

function pythonImports({ kind }: Target, together: boolean): string[] {
  const imports = [
    ...(kind === 'open' ? [] : ['import os']),
    ...(together ? ['from concurrent.futures import ThreadPoolExecutor'] : []),
  ];
  return imports.length > 0 ? [...imports, ''] : [];
}

function pythonTarget(target: Target): string[] {
  switch (target.kind) {
    case 'open':
      return [`client = OpenAI(base_url=${quote(target.url)}, api_key="none")`];
    case 'recorded':
      return [`client = OpenAI(base_url=os.environ.get("OPENAI_BASE_URL") or ${quote(target.url)})`];
    case 'unknown':
      return [
        'if not os.environ.get("OPENAI_BASE_URL"):',
        `    raise SystemExit("${needsAddress}")`,
        'client = OpenAI(base_url=os.environ["OPENAI_BASE_URL"])',
      ];
  }
}

const halfPair = [
  '# Careful: a text in here holds half of a surrogate pair, which is no character. Python refuses to send it;',
  '# the curl and TypeScript programs do.',
];
