/*
 * What a page and a worker send each other. A request has any number of steps and then one end: 'done', 'cancelled' or
 * 'failed'. Whatever is in a message must be what `structuredClone` can copy.
 */

export type ToWorker<Request> = { kind: 'request'; id: number; request: Request } | { kind: 'cancel'; id: number };

export type FromWorker<Step> =
  | { kind: 'step'; id: number; step: Step }
  | { kind: 'done'; id: number }
  | { kind: 'cancelled'; id: number }
  /** `message`: of what was thrown */
  | { kind: 'failed'; id: number; message: string };
