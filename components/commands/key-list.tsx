'use client';

import { useEffect, useRef, useState } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { isKeyListOn, setKeyListOn } from './key-list-setting';

/** The keys by the place where they work. */
const keys: readonly { place: string; keys: readonly [string, string][] }[] = [
  {
    place: 'On every page',
    keys: [
      ['Ctrl or Cmd+K', 'commands, lessons and terms by name'],
      ['?', 'this list'],
    ],
  },
  {
    place: 'Beside results',
    keys: [
      ['Ctrl or Cmd+Enter', 'run'],
      ['Esc', 'stop, or close what is open'],
      ['F7, Shift+F7', 'to the next difference, and back'],
    ],
  },
  {
    place: 'In a field for a number',
    keys: [
      ['Up, Down', 'a step'],
      ['Page up, Page down', 'ten steps'],
    ],
  },
  { place: 'In the text of a run', keys: [['L', 'how its words were chosen, from the place where the texts part']] },
  {
    place: 'In the lens, the tree and the matrix',
    keys: [
      ['Arrows', 'to a neighbour'],
      ['Home, End', 'to the first, and the last'],
    ],
  },
  {
    place: 'Step by step',
    keys: [
      ['Space', 'play, or pause'],
      [', and .', 'a step back, and forward'],
    ],
  },
];

/** A dialog with all keys. `?` can be switched off in it. */
export default function KeyList({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(isKeyListOn);
  useEffect(() => dialog.current?.showModal(), []);
  function change(next: boolean) {
    setOn(next);
    setKeyListOn(next);
  }
  return (
    <Dialog title="Keys" dialog={dialog} onClose={onClose}>
      {keys.map(({ place, keys: those }) => (
        <section key={place} className="border-hairline border-t py-3">
          <h3 className="mb-1 font-medium text-dim text-fine">{place}</h3>
          <dl className="grid grid-cols-[10rem_1fr] gap-x-4 gap-y-1">
            {those.map(([key, does]) => (
              <div key={key} className="col-span-2 grid grid-cols-subgrid">
                <dt className="font-medium">{key}</dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <Checkbox checked={on} onChange={change}>
        ? opens this list
      </Checkbox>
    </Dialog>
  );
}
