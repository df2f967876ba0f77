import { Alert } from '@/components/ui/alert';
import { Select } from '@/components/ui/select';
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
      <Select label="Equal is" options={equalityModes} value={mode} nameOf={(each) => names[each]} onChange={onMode} />
      {mode === 'answer' && (
        <div className="flex max-w-full flex-wrap items-center gap-2 text-sm">
          <label htmlFor="answer-pattern">found by</label>
          <input
            id="answer-pattern"
            value={pattern}
            onChange={(event) => onPattern(event.target.value)}
            placeholder="the last number"
            aria-label="Regular expression of the answer"
            aria-invalid={problem !== null}
            className="min-h-9 w-48 rounded-md border border-control bg-ground px-2 font-mono aria-invalid:border-2 aria-invalid:border-failure pointer-coarse:min-h-11"
          />
          {problem && <Alert>{problem}</Alert>}
        </div>
      )}
    </>
  );
}
