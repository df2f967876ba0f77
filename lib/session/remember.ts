/**
 * A function that returns its last answer again while its arguments are the same objects. For selectors, so that subscribers
 * are called only if something has changed. It changes nothing but the cost.
 */
export function remember<Args extends readonly unknown[], Answer>(
  compute: (...args: Args) => Answer,
): (...args: Args) => Answer {
  let last: { args: Args; answer: Answer } | undefined;
  return (...args) => {
    const known = last?.args.every((arg, index) => Object.is(arg, args[index]));
    if (!last || !known) last = { args, answer: compute(...args) };
    return last.answer;
  };
}
