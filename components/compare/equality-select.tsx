import { Alert } from '@/components/ui/alert';
import { boxClass } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { type EqualityMode, equalityModes, parsePattern } from '@/lib/compare/align/equality';
import { modeNames, sayPatternProblem } from '@/lib/words/equality';

type EqualitySelectProps = {
  mode: EqualityMode;
  pattern: string;
  onMode: (mode: EqualityMode) => void;
  onPattern: (pattern: string) => void;
};

/** What counts as equal. The verdict names the choice, too. */
export function EqualitySelect({ mode, pattern, onMode, onPattern }: EqualitySelectProps) {
  const read = mode === 'answer' && pattern.trim() !== '' ? parsePattern(pattern) : null;
  const problem = read && !read.ok ? sayPatternProblem(read.error) : null;
  return (
    <>
      <Select
        label="Equal is"
        options={equalityModes}
        value={mode}
        nameOf={(each) => modeNames[each]}
        onChange={onMode}
      />
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
            className={`${boxClass} w-48 px-2 font-mono`}
          />
          {problem && <Alert>{problem}</Alert>}
        </div>
      )}
    </>
  );
}
