'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button';

type CopyButtonProps = { text: string; label: string; iconOnly?: boolean };

/** Copies the text as it is, without marks, and says for two seconds that it has. */
export function CopyButton({ text, label, iconOnly = false }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  }

  return (
    <Button
      variant="quiet"
      onClick={copy}
      disabled={text === ''}
      aria-label={copied ? `${label}: copied` : label}
      title={label}
      className={iconOnly ? 'px-1.5' : ''}
    >
      {copied ? <Check aria-hidden size={16} /> : <Copy aria-hidden size={16} />}
      {!iconOnly && (copied ? 'Copied' : 'Copy')}
    </Button>
  );
}
