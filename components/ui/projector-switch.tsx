'use client';

import { useEffect, useState } from 'react';
import { Button } from './button';
import { useCommands } from './commands';
import { writeStored } from './stored';

/**
 * Makes everything half as large again, and is remembered in this browser. public/theme.js applies it before the first
 * paint.
 */
export function ProjectorSwitch() {
  const [on, setOn] = useState(false);

  useEffect(() => setOn('projector' in document.documentElement.dataset), []);

  function toggle() {
    setOn(!on);
    writeStored('seedbed-projector', on ? 'off' : 'on');
    document.documentElement.toggleAttribute('data-projector', !on);
    dropFromAddress();
  }

  useCommands(() => [{ name: `Projector: ${on ? 'off' : 'on'}`, group: 'Appearance', run: toggle }]);

  return (
    <Button
      aria-pressed={on}
      onClick={toggle}
      title="Larger, for a projector"
      className="aria-pressed:border-accent aria-pressed:text-accent max-md:hidden"
    >
      Projector
    </Button>
  );
}

/** From now on the switch decides, not the link that the page was opened with. */
function dropFromAddress(): void {
  const named = /([?&])projector(?:=[^&#]*)?(&|(?=#|$))/;
  history.replaceState(
    history.state,
    '',
    location.href.replace(named, (_, before: string, after: string) => after && before),
  );
}
