import { alone, batched, fleet } from './models';

/** What to know about each model. Apart from their facts, since pages need those at once, and this when somebody chooses. */
export const aboutModels: ReadonlyMap<string, string> = new Map([
  [alone.id, 'A fixed program: the same request with the same seed gives the same text, every time, on every machine.'],
  [
    fleet.id,
    'One of three back ends answers, by chance, as behind a load balancer. They calculate in float32, bfloat16 and ' +
      'float16, each with its own fingerprint. Same request, same seed and same fingerprint: same text.',
  ],
  [
    batched.id,
    'One back end, one fingerprint, but its sums are split by how many requests of this experiment are under way when ' +
      'one comes, and rounded after each part. Sent at once, runs of one seed can part; one after the other, they repeat. ' +
      'On real servers the requests of strangers count too.',
  ],
]);
