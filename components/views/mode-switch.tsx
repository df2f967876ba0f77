type ModeSwitchProps<Mode extends string> = {
  legend: string;
  modes: readonly { mode: Mode; name: string }[];
  value: Mode;
  onChange: (mode: Mode) => void;
};

/** A choice of a few, all in sight. The browser's own radio buttons: arrow keys move between them. */
export function ModeSwitch<Mode extends string>({ legend, modes, value, onChange }: ModeSwitchProps<Mode>) {
  return (
    <fieldset className="flex flex-wrap gap-x-4 text-sm print:hidden">
      <legend className="sr-only">{legend}</legend>
      {modes.map(({ mode, name }) => (
        <label key={mode} className="inline-flex min-h-6 items-center gap-1.5 pointer-coarse:min-h-11">
          <input
            type="radio"
            name={legend}
            checked={mode === value}
            onChange={() => onChange(mode)}
            className="accent-accent"
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
