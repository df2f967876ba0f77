import { useEffect, useState } from 'react';

/** Where this site is, as in "https://example.org", which only the browser knows: empty at first. */
export function useOrigin(): string {
  const [origin, setOrigin] = useState('');
  useEffect(() => setOrigin(location.origin), []);
  return origin;
}
