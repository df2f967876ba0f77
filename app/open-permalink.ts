import { cache } from 'react';
import { openPermalink } from '@/lib/server/permalink';

/** The page and its head need the same permalink: it is opened once for each request. */
export const openOnce = cache(openPermalink);
