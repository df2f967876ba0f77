'use client';

import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type Command, commandGroups } from '@/components/ui/commands';
import { inputClass } from '@/components/ui/field';
import { counted } from '@/lib/words/english';
import { matching } from './matching';
import { places } from './places';

type CommandPaletteProps = {
  /** what the page offers; everywhere that one can go comes after it */
  offered: readonly Command[];
  /** is called at each change of what is searched for */
  onSearch: () => void;
  onClose: () => void;
};

/** Finds a command by its name: the ARIA Authoring Practices' combobox, with its list always open, in the platform's modal dialog. */
export default function CommandPalette({ offered, onSearch, onClose }: CommandPaletteProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => dialog.current?.showModal(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is marked
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, search]);
  const found = matching([...offered, ...places], search);
  const groups = commandGroups
    .map((group) => ({ group, commands: found.filter((command) => command.group === group) }))
    .filter(({ commands }) => commands.length > 0);
  const inOrder = groups.flatMap(({ commands }) => commands);
  const optionId = (command: Command) => `${id}-${inOrder.indexOf(command)}`;
  function choose(command: Command | undefined) {
    if (!command) return;
    // First, so that the focus is back where it was before the command moves it.
    dialog.current?.close();
    command.run();
  }
  function press(event: KeyboardEvent) {
    const next = beside(event.key, at, inOrder.length - 1);
    if (next !== null) setAt(next);
    else if (event.key === 'Enter') choose(inOrder[at]);
    else return;
    event.preventDefault();
  }
  return (
    <dialog
      ref={dialog}
      aria-label="Commands"
      onClose={onClose}
      closedby="any"
      className="mx-auto mt-[12dvh] max-h-[70dvh] w-[min(36rem,calc(100vw-2rem))] overflow-hidden rounded-lg border border-control bg-ground text-ink shadow-lg backdrop:bg-black/50 open:flex open:flex-col"
    >
      <div className="border-hairline border-b p-2">
        <input
          role="combobox"
          aria-label="Search commands"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={inOrder[at] && optionId(inOrder[at])}
          autoComplete="off"
          spellCheck={false}
          placeholder="What do you want to do, or where to go?"
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setAt(0);
            onSearch();
          }}
          onKeyDown={press}
          className={`${inputClass} min-h-11`}
        />
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label="Commands"
        tabIndex={-1}
        className="overflow-y-auto p-2"
      >
        {groups.map(({ group, commands }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options; a fieldset is one of fields
          <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
            <p id={`${id}-${group}`} role="presentation" className="px-3 pt-2 pb-1 text-dim text-fine">
              {group}
            </p>
            {commands.map((command) => (
              <Option
                key={command.name}
                id={optionId(command)}
                name={command.name}
                selected={command === inOrder[at]}
                onChoose={() => choose(command)}
              />
            ))}
          </div>
        ))}
      </div>
      <p role="status" className={found.length > 0 ? 'sr-only' : 'px-5 pb-4 text-dim'}>
        {found.length > 0 ? counted(found.length, 'command') : `Nothing is called “${search.trim()}”.`}
      </p>
    </dialog>
  );
}

type OptionProps = { id: string; name: string; selected: boolean; onChoose: () => void };

function Option({ id, name, selected, onChoose }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox, which has the focus
    <div
      id={id}
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      onClick={onChoose}
      className="flex min-h-8 cursor-pointer items-center rounded-md px-3 hover:bg-panel aria-selected:bg-accent aria-selected:text-on-accent pointer-coarse:min-h-11"
    >
      {name}
    </div>
  );
}

/** The place to which an arrow leads, around both ends; null for other keys. */
function beside(key: string, at: number, last: number): number | null {
  if (key === 'ArrowDown') return at >= last ? 0 : at + 1;
  if (key === 'ArrowUp') return at <= 0 ? Math.max(0, last) : at - 1;
  return null;
}
