import { type Rung, readPattern, rungs } from '@/lib/compare/ladder';

type RungSelectProps = {
  rung: Rung;
  pattern: string;
  onRung: (rung: Rung) => void;
  onPattern: (pattern: string) => void;
};

const names: Record<Rung, string> = {
  exact: 'only the same text',
  whitespace: 'whatever the white space',
  'case-punctuation': 'whatever case and punctuation',
  json: 'the same JSON value',
  answer: 'the same answer in it',
};

/** What counts as equal. What is chosen stands in the verdict, too. */
export function RungSelect({ rung, pattern, onRung, onPattern }: RungSelectProps) {
  const read = rung === 'answer' && pattern.trim() !== '' ? readPattern(pattern) : null;
  const problem = read && !read.ok ? read.message : null;
  return (
    <>
      <span className="flex max-w-full items-center gap-2 text-sm">
        <label htmlFor="rung">Equal is</label>
        <select
          id="rung"
          value={rung}
          onChange={(event) => onRung(rungs.find((each) => each === event.target.value) ?? 'exact')}
          className="min-h-9 min-w-0 rounded-md border border-control bg-ground px-2 pointer-coarse:min-h-11"
        >
          {rungs.map((each) => (
            <option key={each} value={each}>
              {names[each]}
            </option>
          ))}
        </select>
      </span>
      {rung === 'answer' && (
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
