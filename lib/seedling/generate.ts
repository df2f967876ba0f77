import { type Arithmetic, exact } from './arithmetic';
import { type ConditionedModel, distributionAfter } from './model';
import { endId } from './vocabulary';
import { type Finish, type GeneratedToken, Writing, type WritingOptions } from './writing';

/** `arithmetic` is how the back end calculates. */
export type GenerateOptions = WritingOptions & { arithmetic?: Arithmetic };

/** Writes a text token by token and returns why it ended (see `Writing`). The same model, options and arithmetic give the same tokens. */
export function* generate(model: ConditionedModel, options: GenerateOptions): Generator<GeneratedToken, Finish> {
  const { pieces } = model.counts.vocabulary;
  const writing = new Writing((id) => pieces[id] ?? '', endId, options);
  while (writing.finish === null)
    yield* writing.take(distributionAfter(model, writing.context, options.arithmetic ?? exact));
  return writing.finish;
}
