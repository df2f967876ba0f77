import { type EqualityMode, equalityModes, readPattern } from '@/lib/compare/align/equality';

type EqualitySelectProps = {
  mode: EqualityMode;
  pattern: string;
  onMode: (mode: EqualityMode) => void;
  onPattern: (pattern: string) => void;
};

const names: Record<EqualityMode, string> = {
  exact: 'only the same text',
  whitespace: 'whatever the white space',
  'case-punctuation': 'whatever case and punctuation',
  json: 'the same JSON value',
  answer: 'the same answer in it',
};

/** What counts as equal. What is chosen stands in the verdict, too. */
export function EqualitySelect({ mode, pattern, onMode, onPattern }: EqualitySelectProps) {
  const read = mode === 'answer' && pattern.trim() !== '' ? readPattern(pattern) : null;
  const problem = read && !read.ok ? read.message : null;
  return (
    <>
      <span className="flex max-w-full items-center gap-2 text-sm">
        <label htmlFor="mode">Equal is</label>
        <select
          id="mode"
          value={mode}
          onChange={(event) => onMode(equalityModes.find((each) => each === event.target.value) ?? 'exact')}
          className="min-h-9 min-w-0 rounded-md border border-control bg-ground px-2 pointer-coarse:min-h-11"
        >
          {equalityModes.map((each) => (
            <option key={each} value={each}>
              {names[each]}
            </option>
          ))}
        </select>
      </span>
      {mode === 'answer' && (
        <label className="flex max-w-full flex-wrap items-center gap-2 text-sm">
          found by
          <input
            value={pattern}
            onChange={(event) => onPattern(event.target.value)}
            placeholder="the last number"
            aria-label="Regular expression of the answer"
            aria-invalid={problem !== null}
            className="min-h-9 w-48 rounded-md border border-control bg-ground px-2 font-mono aria-invalid:border-2 aria-invalid:border-failure pointer-coarse:min-h-11"
          />
          {problem && (
            <span role="alert" className="text-failure">
              {problem}
            </span>
          )}
        </label>
      )}
    </>
  );
}
