import { headers } from 'next/headers';
import { cache } from 'react';
import { addressHeader } from '@/lib/server/address';
import { openPermalink } from '@/lib/server/permalink';

/** The page and its head need the same permalink: it is opened once for each request. */
export const openOnce = cache(async (id: string) => {
  const asked = await headers();
  return openPermalink(id, { cookies: asked.get('cookie'), address: asked.get(addressHeader) });
});

/** The same as anybody may see it. */
export const openPublicOnce = cache(async (id: string) =>
  openPermalink(id, { cookies: null, address: (await headers()).get(addressHeader) }),
);
