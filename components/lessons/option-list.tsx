type OptionListProps = {
  name: string;
  question: string;
  options: readonly string[];
  chosen: number | null;
  onChoose: (index: number) => void;
};

/** A question with options, one of which must be chosen. */
export function OptionList({ name, question, options, chosen, onChoose }: OptionListProps) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{question}</legend>
      {options.map((option, index) => (
        <label key={option} className="flex min-h-8 items-start gap-2 py-1 pointer-coarse:py-2.5">
          <input
            type="radio"
            required
            name={name}
            checked={chosen === index}
            onChange={() => onChoose(index)}
            className="mt-0"
          />
          {option}
        </label>
      ))}
    </fieldset>
  );
}
