import { join } from 'node:path';
import { diffWords } from '@/lib/compare/align/diff';
import { splitWords } from '@/lib/compare/align/words';
import { type Baseline, toBaseline, writeBaseline } from '@/lib/gate/baseline';
import { exitCodes } from '@/lib/gate/exit';
import { counted } from '@/lib/words/english';
import { asJson, BadUse, type Command, type Typed } from './command';
import { writeText } from './files';
import { findKept } from './kept';
import { type FoundSuite, findBaseline, findSuite } from './suites';
import { barred, harmless, showParts } from './text';
import type { World } from './world';

export const command: Command = {
  words: '[suite] [case…]',
  about:
    'Shows how the texts of the last check differ from the baselines, and writes those that are accepted. Not in CI.',
  options: {
    yes: { short: 'y', about: 'accept all without asking' },
    json: { about: 'print as JSON what would be accepted, or with --yes was; ask nothing' },
  },
  run: accept,
};

/** A baseline that could be written: from the runs of a case, for a file. */
type Offer = { id: string; file: string; path: string; before: Baseline | null; after: Baseline };

async function accept(typed: Typed, world: World): Promise<number> {
  if (world.env.CI)
    throw new BadUse('Baselines are not written in CI: accept them where somebody reads the difference.');
  if (!typed.has('yes') && !typed.has('json') && !world.ask)
    throw new BadUse('Nobody can be asked here. Accept all with --yes.');
  const suite = findSuite(typed.words, world);
  const offers = offersOf(suite, world).filter(isNew);
  if (typed.has('json')) return acceptAll(offers, typed.has('yes'), world);
  let all = typed.has('yes');
  let written = 0;
  for (const offer of offers) {
    world.print(`${offer.id}: ${offer.file}\n${barred(differenceIn(offer, world))}`);
    const answer = all ? 'all' : await askAbout(world);
    if (answer === 'quit') break;
    if (answer === 'no') continue;
    all = answer === 'all';
    writeText(offer.path, writeBaseline(offer.after));
    written++;
  }
  world.print(written === 0 ? 'Nothing was written.' : `${counted(written, 'baseline')} written.`);
  return world.signal.aborted ? exitCodes.stopped : 0;
}

/** Prints what is there to accept; and accepts it, if that is wanted. */
function acceptAll(offers: readonly Offer[], wanted: boolean, world: World): number {
  for (const { path, after } of wanted ? offers : []) writeText(path, writeBaseline(after));
  const baselines = offers.map(({ id, file, before, after }) => ({ id, file, before, after }));
  world.print(asJson('accept', { written: wanted, baselines }));
  return 0;
}

const isNew = ({ before, after }: Offer): boolean =>
  !before || textOf(before) !== textOf(after) || before.requestHash !== after.requestHash;

const answers = ['yes', 'no', 'all', 'quit'] as const;

async function askAbout({ ask }: World): Promise<(typeof answers)[number]> {
  const typed = ((await ask?.('Accept? [y]es, [n]o, [a]ll, [q]uit: ')) ?? '').trim().toLowerCase();
  return (typed && answers.find((answer) => answer.startsWith(typed))) || 'no';
}

/** What can be accepted. Throws BadUse if that is nothing, with what to do about it. */
function offersOf(suite: FoundSuite, world: World): Offer[] {
  const wanted = suite.cases.flatMap((each) =>
    each.demands.flatMap((demand) => (demand.kind === 'baseline' ? [{ each, file: demand.file }] : [])),
  );
  if (wanted.length === 0) throw new BadUse('None of these cases demands a baseline: { kind: baseline, file: … }.');
  const offers = wanted.flatMap(({ each, file }): Offer[] => {
    const after = toBaseline(each.recipe, findKept(suite, each).runs, world.now().toISOString());
    const path = join(suite.folder, file);
    return after ? [{ id: each.id, file, path, before: findBaseline(path, file), after }] : [];
  });
  if (offers.length > 0) return offers;
  throw new BadUse('No check of these cases has given a text yet: run `seedbed check` first.');
}

const textOf = ({ texts }: Baseline): string => texts[0]?.text ?? '';

function differenceIn({ before, after }: Offer, world: World): string {
  if (!before) return harmless(textOf(after));
  const asked = before.requestHash === after.requestHash ? '' : 'The request is another one.\n';
  return `${asked}${showParts(world, diffWords(splitWords(textOf(before)), splitWords(textOf(after))))}`;
}
