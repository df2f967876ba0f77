import { armProvider, armRequests, maxAtOnce, plan, providersOf, type RunSpec } from '@/lib/recipe/plan';
import { withArmsMade } from '@/lib/recipe/probe';
import type { Recipe } from '@/lib/recipe/recipe';
import { shellQuote } from './exchange';
import { isWhole, quote, split, toJsonLiteral, toPythonLiteral, toTypeScriptLiteral } from './program';
import { bodyForPython, type SentBody, sentBodies, wholeBody } from './sent';
import { type Asked, type Target, targetsOf } from './target';

/*
 * Programs that repeat an experiment: the bodies that its runs sent (see `sentBodies`), as often, in parallel or one after the
 * other, with the key in the header that they had it in. They print every text with its fingerprint, then whether the texts are
 * equal. None of them contains a key.
 *
 * They call `openUrl`, as in "http://127.0.0.1:3000/v1", with the key "none", if there is an API there that needs none.
 * If it is null they call with OPENAI_API_KEY from the environment, at OPENAI_BASE_URL or else where the runs were sent (see
 * `targetsOf`): never at OpenAI's address, which the official packages would take, unless the runs were sent there. An experiment
 * over several providers calls each of them, with variables of its own.
 */

/** Of each arm the number of the provider that it asks, from 0, as in `targetsOf`. */
function providerNumbers(recipe: Recipe): number[] {
  const providers = providersOf(recipe);
  return armRequests(recipe).map((_, arm) => providers.indexOf(armProvider(recipe, arm)));
}

/** Which of the bodies ask for a stream. */
function streamed(bodies: readonly SentBody[]): 'all' | 'some' | 'none' {
  const count = bodies.filter(({ streaming }) => streaming.stream === true).length;
  if (count === 0) return 'none';
  return count === bodies.length ? 'all' : 'some';
}

const notesOf = (targets: readonly Target[]): string[] => targets.flatMap(({ notes }) => notes);

/** A POSIX shell script that needs only curl. */
export function toCurl(asked: Asked, openUrl: string | null): string {
  const recipe = withArmsMade(asked.recipe, asked.runs);
  const targets = targetsOf(asked, openUrl);
  const bodyOfArm = sentBodies(asked).map(wholeBody).map(toJsonLiteral);
  const bodies = [...new Set(bodyOfArm)];
  const files = bodies.flatMap((body, at) => [`cat > "$folder/body-${at + 1}.json" <<'BODY'`, body, 'BODY']);
  const numbers = providerNumbers(recipe);
  const specs = plan(recipe);
  const ask = ({ run, arm }: RunSpec): string => {
    const { address, header } = shellNames(targets, numbers[arm] ?? 0);
    return `ask ${run} ${bodies.indexOf(bodyOfArm[arm] ?? '') + 1} "$${address}" "$${header}"`;
  };
  const together = recipe.dispatch !== 'sequential';
  return lines(
    '#!/bin/sh',
    '# Repeats the experiment with curl. Run it with: sh repeat.sh',
    'set -eu',
    'export LC_ALL=C',
    ...notesOf(targets).map((note) => `# ${note}`),
    ...targets.flatMap((target, at) => shellTarget(target, shellNames(targets, at))),
    'folder=$(mktemp -d)',
    `trap 'rm -rf "$folder"' EXIT`,
    '',
    '# What is asked.',
    ...files,
    '',
    'ask() { # run, body, address, header with the key',
    '  # A server that has had too much, or stumbles, is asked again, as late as it asks for by Retry-After.',
    '  curl --silent --show-error --retry 5 "$3" --output "$folder/answer-$1.json" \\',
    '    --header "content-type: application/json" --header "$4" \\',
    '    --data-binary "@$folder/body-$2.json" || true',
    '}',
    '',
    ...(together ? askTogether(specs, ask) : ['# One run after the other.', ...specs.map(ask)]),
    '',
    '# The texts under a key in an answer, as they stand there in JSON: of a stream one from each piece.',
    'values() { # key, run',
    String.raw`  grep -oE '"'"$1"'": *"([^"\\]|\\.)*"' "$folder/answer-$2.json" | sed 's/^"[a-z_]*": *"//; s/"$//'`,
    '}',
    '',
    'run=0',
    'failed=0',
    ': > "$folder/texts"',
    `while [ "$run" -lt ${specs.length} ]; do`,
    '  run=$((run + 1))',
    '  touch "$folder/answer-$run.json"',
    `  if ! grep -q '"content":' "$folder/answer-$run.json"; then`,
    '    echo "Run $run failed:" >&2',
    '    cat "$folder/answer-$run.json" >&2',
    '    failed=$((failed + 1))',
    '    continue',
    '  fi',
    String.raw`  text="\"$(values content "$run" | tr -d '\n')\""`,
    '  fingerprint=$(values system_fingerprint "$run" | head -n 1)',
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

function askTogether(specs: readonly RunSpec[], ask: (spec: RunSpec) => string): string[] {
  const waits = ({ run }: RunSpec): string[] => (run % maxAtOnce === 0 && run < specs.length ? ['wait'] : []);
  return [
    specs.length > maxAtOnce ? `# ${maxAtOnce} runs at once.` : '# All runs at once.',
    ...specs.flatMap((spec) => [`${ask(spec)} &`, ...waits(spec)]),
    'wait',
  ];
}

/** A TypeScript program with OpenAI's official package. Node 24 runs it without a build. */
export function toTypeScript(asked: Asked, openUrl: string | null): string {
  const recipe = withArmsMade(asked.recipe, asked.runs);
  const targets = targetsOf(asked, openUrl);
  const bodies = sentBodies(asked);
  const { shared, arms } = split(bodies.map(wholeBody));
  return lines(
    "// Repeats the experiment with OpenAI's official package. Node 24 runs it as it is:",
    '//   npm install openai',
    `//   ${setting(targets)}node repeat.mts`,
    ...notesOf(targets).map((note) => `// ${note}`),
    ...(targets.every(({ kind }) => kind === 'open') ? [] : ["import { env } from 'node:process';"]),
    "import OpenAI from 'openai';",
    '',
    ...typeScriptTargets(targets),
    '',
    `type Body = OpenAI.${bodyTypes[streamed(bodies)]};`,
    '',
    '// What all runs have in common.',
    `const request: Partial<Body> = ${toTypeScriptLiteral(shared)};`,
    '',
    '// What varies: one entry for each group of runs.',
    `const arms: Partial<Body>[] = ${toTypeScriptLiteral(arms)};`,
    `const repeats = ${recipe.repeats};`,
    ...(targets.length === 1 ? oneClientInTypeScript : severalClientsInTypeScript(recipe)),
    ...readingInTypeScript[streamed(bodies)],
    '}',
    '',
    ...(recipe.dispatch === 'sequential'
      ? [
          '// One run after the other.',
          'const answers = [];',
          'for (const call of calls) answers.push(await ask(call));',
        ]
      : ['// All runs at once.', 'const answers = await Promise.all(calls.map(ask));']),
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
  const recipe = withArmsMade(asked.recipe, asked.runs);
  const targets = targetsOf(asked, openUrl);
  const bodies = sentBodies(asked);
  const { shared, arms } = split(bodies.map(bodyForPython));
  const together = recipe.dispatch !== 'sequential';
  return lines(
    "# Repeats the experiment with OpenAI's official package:",
    '#   pip install openai',
    `#   ${setting(targets)}python3 repeat.py`,
    ...notesOf(targets).map((note) => `# ${note}`),
    ...(isWhole([shared, arms]) ? [] : halfPair),
    ...pythonImports(targets, together),
    `from openai import ${targets.some(hasOwnHeader) ? 'Omit, ' : ''}OpenAI`,
    '',
    ...pythonTargets(targets),
    '',
    '# What all runs have in common.',
    `request = ${toPythonLiteral(shared)}`,
    '',
    '# What varies: one entry for each group of runs.',
    `arms = ${toPythonLiteral(arms)}`,
    `repeats = ${recipe.repeats}`,
    ...(targets.length === 1 ? oneClientInPython : severalClientsInPython(recipe)),
    `    answer = client.chat.completions.create(**body${ownHeaderInPython(targets)})`,
    ...readingInPython[streamed(bodies)],
    '',
    '',
    ...(together
      ? [
          '# All runs at once.',
          'with ThreadPoolExecutor(len(calls)) as pool:',
          '    answers = list(pool.map(ask, calls))',
        ]
      : ['# One run after the other.', 'answers = [ask(call) for call in calls]']),
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

const bodyTypes = {
  all: 'ChatCompletionCreateParamsStreaming',
  some: 'ChatCompletionCreateParams',
  none: 'ChatCompletionCreateParamsNonStreaming',
} as const;

const wholeInTypeScript =
  "return { text: answer.choices[0]?.message.content ?? '', fingerprint: answer.system_fingerprint ?? 'none' };";
const streamInTypeScript = [
  "  let [text, fingerprint] = ['', 'none'];",
  '  for await (const chunk of answer) {',
  "    text += chunk.choices[0]?.delta?.content ?? '';",
  '    fingerprint = chunk.system_fingerprint ?? fingerprint;',
  '  }',
  '  return { text, fingerprint };',
];
const readingInTypeScript = {
  all: streamInTypeScript,
  some: [`  if ('choices' in answer) ${wholeInTypeScript}`, ...streamInTypeScript],
  none: [`  ${wholeInTypeScript}`],
};

const wholeInPython = 'return answer.choices[0].message.content or "", answer.system_fingerprint or "none"';
const streamInPython = [
  '    text, fingerprint = "", "none"',
  '    for chunk in answer:',
  '        text += "".join(choice.delta.content or "" for choice in chunk.choices)',
  '        fingerprint = chunk.system_fingerprint or fingerprint',
  '    return text, fingerprint',
];
const readingInPython = {
  all: streamInPython,
  some: ['    if hasattr(answer, "choices"):', `        ${wholeInPython}`, ...streamInPython],
  none: [`    ${wholeInPython}`],
};

const oneClientInTypeScript = [
  'const calls = arms.flatMap((arm) => Array<Body>(repeats).fill({ ...request, ...arm } as Body));',
  '',
  'async function ask(body: Body) {',
  '  const answer = await client.chat.completions.create(body);',
];

const severalClientsInTypeScript = (recipe: Recipe): string[] => [
  '// Which of the clients each of them asks, from 0.',
  `const asked = ${toJsonLiteral(providerNumbers(recipe))};`,
  'const calls = arms.flatMap((arm, at) =>',
  '  Array.from({ length: repeats }, () => ({ client: clients[asked[at]!]!, body: { ...request, ...arm } as Body })),',
  ');',
  '',
  'async function ask({ client, body }: (typeof calls)[number]) {',
  '  const answer = await client.chat.completions.create(body);',
];

const oneClientInPython = [
  'calls = [{**request, **arm} for arm in arms for _ in range(repeats)]',
  '',
  '',
  'def ask(body):',
];

const severalClientsInPython = (recipe: Recipe): string[] => [
  '# Which of the clients each of them asks, from 0.',
  `asked = ${toPythonLiteral(providerNumbers(recipe))}`,
  'calls = [(clients[at], {**request, **arm}) for at, arm in zip(asked, arms) for _ in range(repeats)]',
  '',
  '',
  'def ask(call):',
  '    client, body = call',
];

/** The variables that the program needs, as they are written before a command. */
const setting = (targets: readonly Target[]): string =>
  targets
    .flatMap((target) => {
      if (target.kind === 'open') return [];
      const { kind, urlVariable, keyVariable } = target;
      return [...(kind === 'unknown' ? [urlVariable] : []), ...(keyVariable === null ? [] : [keyVariable])];
    })
    .map((name) => `${name}=... `)
    .join('');

const needsAddress = (variable: string): string => `Set ${variable} to the address of the API.`;
const needsKey = (variable: string): string => `Set ${variable} to your key.`;

type ShellNames = { address: string; header: string; recorded: string };

/** What a shell calls a target's address, and the header with its key: those of several are numbered. */
function shellNames(targets: readonly Target[], at: number): ShellNames {
  const number = targets.length === 1 ? '' : `_${at + 1}`;
  return { address: `address${number}`, header: `key_header${number}`, recorded: `recorded_url${number}` };
}

function shellTarget(target: Target, { address, header, recorded }: ShellNames): string[] {
  if (target.kind === 'open') {
    const url = `${target.url.replace(/\/+$/, '')}/chat/completions`;
    return [`${address}=${shellQuote(url)}`, `${header}='authorization: Bearer none'`];
  }
  const { urlVariable, keyVariable, keyHeader, apiVersion } = target;
  const key = keyVariable === null ? 'none' : `\${${keyVariable}:?${needsKey(keyVariable)}}`;
  const query = apiVersion === null ? '' : shellQuote(`?${new URLSearchParams({ 'api-version': apiVersion })}`);
  const isKnown = target.kind === 'recorded';
  const base = isKnown ? `\${${urlVariable}:-$${recorded}}` : `\${${urlVariable}:?${needsAddress(urlVariable)}}`;
  return [
    ...(isKnown ? [`${recorded}=${shellQuote(target.url)}`] : []),
    `${address}="${base}/chat/completions"${query}`,
    `${header}="${keyHeader === 'api-key' ? 'api-key: ' : 'authorization: Bearer '}${key}"`,
  ];
}

/** The variables that a program with OpenAI's package asks for itself, each with what it says where that is not set. */
const neededOf = (targets: readonly Target[]): [variable: string, message: string][] =>
  targets.flatMap((target) => {
    if (target.kind === 'open') return [];
    const { kind, urlVariable, keyVariable } = target;
    const address: [string, string][] = kind === 'unknown' ? [[urlVariable, needsAddress(urlVariable)]] : [];
    // The package reads the key of a single client itself; it would take OpenAI's for the others.
    const own = targets.length > 1 ? keyVariable : null;
    return own === null ? address : [...address, [own, needsKey(own)]];
  });

function typeScriptTargets(targets: readonly Target[]): string[] {
  const several = targets.length > 1;
  const needed = neededOf(targets);
  const clients = targets.map((target) => `new OpenAI({ ${typeScriptOptions(target, several)} })`);
  return [
    ...needed.map(([variable, message]) => `if (!env.${variable}) throw new Error('${message}');`),
    ...(several
      ? ['const clients = [', ...clients.map((client) => `  ${client},`), '];']
      : clients.map((client) => `const client = ${client};`)),
  ];
}

function typeScriptOptions(target: Target, several: boolean): string {
  if (target.kind === 'open') return `baseURL: ${quote(target.url)}, apiKey: 'none'`;
  const { urlVariable, keyVariable, apiVersion } = target;
  const url = `env.${urlVariable}${target.kind === 'recorded' ? ` || ${quote(target.url)}` : ''}`;
  const key = keyVariable === null ? "'none'" : `env.${keyVariable}`;
  return [
    `baseURL: ${url}`,
    ...(keyVariable === null || several ? [`apiKey: ${key}`] : []),
    ...(hasOwnHeader(target) ? [`defaultHeaders: { authorization: null, 'api-key': ${key} }`] : []),
    ...(apiVersion === null ? [] : [`defaultQuery: { 'api-version': ${quote(apiVersion)} }`]),
  ].join(', ');
}

/** Whether its key goes in another header than the package would send it in. */
const hasOwnHeader = (target: Target): boolean =>
  target.kind !== 'open' && target.keyVariable !== null && target.keyHeader === 'api-key';

function pythonImports(targets: readonly Target[], together: boolean): string[] {
  const imports = [
    ...(targets.every(({ kind }) => kind === 'open') ? [] : ['import os']),
    ...(together ? ['from concurrent.futures import ThreadPoolExecutor'] : []),
  ];
  return imports.length > 0 ? [...imports, ''] : [];
}

function pythonTargets(targets: readonly Target[]): string[] {
  const several = targets.length > 1;
  const needed = neededOf(targets);
  const clients = targets.map((target) => `OpenAI(${pythonOptions(target, several)})`);
  return [
    ...needed.flatMap(([variable, message]) => [
      `if not os.environ.get("${variable}"):`,
      `    raise SystemExit("${message}")`,
    ]),
    ...(several
      ? ['clients = [', ...clients.map((client) => `    ${client},`), ']']
      : clients.map((client) => `client = ${client}`)),
    ...keyHeadersInPython(targets),
  ];
}

function pythonOptions(target: Target, several: boolean): string {
  if (target.kind === 'open') return `base_url=${quote(target.url)}, api_key="none"`;
  const { urlVariable, keyVariable, apiVersion } = target;
  const isKnown = target.kind === 'recorded';
  const url = isKnown ? `os.environ.get("${urlVariable}") or ${quote(target.url)}` : `os.environ["${urlVariable}"]`;
  const key = keyVariable === null ? '"none"' : `os.environ["${keyVariable}"]`;
  return [
    `base_url=${url}`,
    ...(keyVariable === null || several ? [`api_key=${key}`] : []),
    ...(apiVersion === null ? [] : [`default_query={"api-version": ${quote(apiVersion)}}`]),
  ].join(', ');
}

/** The headers with keys that the package would send in another one, of each client; it takes them with a call only. */
function keyHeadersInPython(targets: readonly Target[]): string[] {
  if (!targets.some(hasOwnHeader)) return [];
  const headers = targets.map((target) =>
    target.kind !== 'open' && hasOwnHeader(target)
      ? `{"Authorization": Omit(), "api-key": os.environ["${target.keyVariable}"]}`
      : 'None',
  );
  return targets.length === 1
    ? headers.map((header) => `key_header = ${header}`)
    : ['key_headers = [', ...headers.map((header) => `    ${header},`), ']'];
}

function ownHeaderInPython(targets: readonly Target[]): string {
  if (!targets.some(hasOwnHeader)) return '';
  return `, extra_headers=${targets.length === 1 ? 'key_header' : 'key_headers[clients.index(client)]'}`;
}

const halfPair = [
  '# Careful: a text in here holds half of a surrogate pair, which is no character. Python refuses to send it;',
  '# the curl and TypeScript programs do.',
];
