import fc from 'fast-check';

/** What somebody might put where something else belongs. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    '',
    ' ',
    0,
    -1,
    0.5,
    1e300,
    2 ** 53,
    Number.NaN,
    [],
    {},
    [null],
    [''],
  ),
  fc.constantFrom('9007199254740991', '9007199254740992', '-9223372036854775808', '18446744073709551616', '007'),
  fc.constantFrom('x'.repeat(201), 'x'.repeat(32_001), 'user', 'parallel', 'seedling', 'Not a name'),
  fc.array(fc.constantFrom('', 'x', 'x'.repeat(201), 1), { maxLength: 6 }),
  fc.dictionary(fc.constantFrom('content', 'role', 'seed', '7', 'kind'), fc.constantFrom<unknown>(1, 'x', null, 101)),
  fc.integer(),
  fc.double(),
);

const unknownKeys = ['x', 'seed', 'model', 'n', 'kind', 'runs'];

type Change = { path: readonly number[]; kind: 'replace' | 'leave-out' | 'add' | 'repeat'; key: string; with: unknown };

/** A value of JSON with one change somewhere in it. `path` leads to the place. */
function mutate(value: unknown, change: Change): unknown {
  const [at, ...path] = change.path;
  if (at === undefined || typeof value !== 'object' || value === null) return change.with;
  const entries = Object.entries(value);
  const place = entries.length === 0 ? -1 : at % entries.length;
  const deeper = path.length > 0;
  const changed = entries.flatMap(([key, inside], each): [string, unknown][] => {
    if (each !== place) return [[key, inside]];
    if (deeper) return [[key, mutate(inside, { ...change, path })]];
    return changeEntry([key, inside], change);
  });
  return Array.isArray(value) ? changed.map(([, inside]) => inside) : Object.fromEntries(changed);
}

function changeEntry(entry: [string, unknown], { kind, key, with: put }: Change): [string, unknown][] {
  if (kind === 'leave-out') return [];
  if (kind === 'add') return [entry, [key, put]];
  return kind === 'repeat' ? Array.from({ length: 40 }, () => entry) : [[entry[0], put]];
}

/** Values like those of `valid`, some with a change or two that most often makes them invalid. */
export const withMutations = <T>(valid: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      valid,
      fc.array<Change>(
        fc.record({
          path: fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 5 }),
          kind: fc.constantFrom<Change['kind']>('replace', 'leave-out', 'add', 'repeat'),
          with: anything,
          key: fc.constantFrom(...unknownKeys),
        }),
        { maxLength: 2 },
      ),
    )
    .map(([value, changes]) => changes.reduce<unknown>(mutate, value));
