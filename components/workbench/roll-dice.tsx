import { Dices } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { useCommands } from '@/components/ui/commands';
import { useSetting } from './use-form';
import { useLinkOptions } from './use-link-options';

/** Servers with 32-bit seeds accept 0 to this, and so do all others. */
const maxCommonSeed = 2_147_483_647;

/** Another seed, drawn with a press. */
export function RollDice() {
  const { change } = useSetting('seed');
  const { hide, lock } = useLinkOptions();
  const fixed = hide.has('seed') || lock.has('seed');
  const roll = () => change(String(Math.floor(Math.random() * maxCommonSeed)));
  useCommands(() => (fixed ? [] : [{ name: 'New random seed', group: 'This page', run: roll }]));
  if (fixed) return null;
  return (
    <Button
      variant="quiet"
      onClick={roll}
      aria-label="New random seed"
      title="New random seed"
      className="-ms-1 min-h-8 px-1.5"
    >
      <Dices aria-hidden size={18} />
    </Button>
  );
}
