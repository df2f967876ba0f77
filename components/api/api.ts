import { apiClient } from '@/lib/api/client';

/** The server that this page came from. */
export const api = apiClient({ fetch: (address, request) => fetch(address, request) });
