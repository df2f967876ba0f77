import { useCommands } from '@/components/ui/commands';
import { type View, views } from '@/lib/compare/results';

type ViewSwitchProps = { view: View; onChange: (view: View) => void };

const names: Record<View, string> = {
  columns: 'Columns',
  variants: 'Variants',
  differences: 'Differences',
  tree: 'Tree',
  matrix: 'Matrix',
};

/** The views of the texts, as the browser's own radio buttons: arrow keys move between them. */
export function ViewSwitch({ view, onChange }: ViewSwitchProps) {
  useCommands(() =>
    views.map((each) => ({ name: `View: ${names[each]}`, group: 'This page', run: () => onChange(each) })),
  );
  return (
    <fieldset className="flex min-w-0 max-w-full overflow-x-auto p-0.5 sm:shrink-0 print:hidden">
      <legend className="sr-only">View</legend>
      {views.map((each) => (
        <label key={each} className="view-name">
          <input
            type="radio"
            name="view"
            value={each}
            checked={view === each}
            onChange={() => onChange(each)}
            className="sr-only"
          />
          {names[each]}
        </label>
      ))}
    </fieldset>
  );
}
