'use client';

import type { ReactNode } from 'react';
import { later } from '@/components/ui/later';
import type { Large } from './fetched-experiment';

const FetchedExperiment = later(
  () => import('./fetched-experiment').then((fetched) => fetched.FetchedExperiment),
  ({ children }) => children,
);

type LargeProps = { large: Large; heading: ReactNode; children: ReactNode };

/** The page of a large experiment: `children` says how its texts begin, until they have been fetched. */
export function LargeExperiment({ large, heading, children }: LargeProps) {
  return (
    <FetchedExperiment large={large}>
      <div className="flex flex-col gap-3 p-4">
        {heading}
        {children}
      </div>
    </FetchedExperiment>
  );
}
