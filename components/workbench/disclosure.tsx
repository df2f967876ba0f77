import { type ReactNode, useEffect, useRef, useState } from 'react';

type DisclosureProps = {
  summary: string;
  /** whether there is something inside to be seen: it opens when that comes about, and is closed by hand only */
  filled: boolean;
  className?: string;
  children: ReactNode;
};

/** Fields that few need, behind a line to press. */
export function Disclosure({ summary, filled, className = '', children }: DisclosureProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const [atFirst] = useState(filled);
  useEffect(() => {
    if (filled && details.current) details.current.open = true;
  }, [filled]);
  return (
    <details ref={details} open={atFirst} className={className}>
      <summary className="w-fit text-sm">{summary}</summary>
      {children}
    </details>
  );
}
