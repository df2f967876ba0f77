import { type ReactNode, useEffect, useRef, useState } from 'react';

type DisclosureProps = {
  summary: string;
  /** whether there is something to see inside: it opens when there is, and closes only by hand */
  filled: boolean;
  className?: string;
  children: ReactNode;
};

/** Fields that few people need, behind a line to press. */
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
