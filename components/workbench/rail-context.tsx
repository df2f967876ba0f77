import { createContext, use } from 'react';

/** The column beside the results in which the chips' fields stand open; null while each opens by itself. */
export const RailContext = createContext<HTMLElement | null>(null);

export const useRail = (): HTMLElement | null => use(RailContext);
