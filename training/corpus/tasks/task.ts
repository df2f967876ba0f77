import type { World } from '../world.ts';

/**
 * What somebody asks and what they get. `again` is another answer to the same request, where there is more than one;
 * `word` is the answer in a single word, where it has one.
 */
export type Exchange = { request: string; answer: string; again?: () => string; word?: string };

/** A kind of request. Its weight is how often it comes, beside the others'. */
export type Task = { name: string; weight: number; make: (world: World) => Exchange };
