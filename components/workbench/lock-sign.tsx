import { Lock } from 'lucide-react';

/** On the chip of a setting that the link does not let one change. */
export const LockSign = () => <Lock aria-label="locked by the link" size={12} />;
