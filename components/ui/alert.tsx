import type { ReactNode } from 'react';

/** What has gone wrong; screen readers read it out at once. */
export function Alert({ className = '', children }: { className?: string; children: ReactNode }) {
  return (
    <p role="alert" className={`font-medium text-failure ${className}`}>
      {children}
    </p>
  );
}
