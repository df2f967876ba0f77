'use client';

import { useSyncExternalStore } from 'react';
import { type LinkOptions, lastingParts, readLinkOptions } from '@/lib/session/link-options';

const everything: LinkOptions = readLinkOptions('');
let latest = { search: '', options: everything };

/** The options of this page's link. They do not change while the page is open. */
export function useLinkOptions(): LinkOptions {
  return useSyncExternalStore(never, current, () => everything);
}

const never = () => () => {};

function current(): LinkOptions {
  const search = lastingParts(location.search).join('&');
  if (latest.search !== search) latest = { search, options: readLinkOptions(`?${search}`) };
  return latest.options;
}
