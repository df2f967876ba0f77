import type { FingerprintFinding } from '@/lib/compare/measure/fingerprints';
import type { Answered, Ground, Repeated, Served } from '@/lib/compare/measure/ground';
import type { RunsVerdict, Tone } from '@/lib/compare/measure/verdict';
import { parameterName } from '@/lib/recipe/parameters';
import { counted, firstFew, inSequence, listed, plural, sentences } from './english';
import { sayFingerprintFinding } from './fingerprints';
import { sayRuns } from './runs';

/**
 * What stands behind a verdict on runs that are over, in a sentence or two: what the runs were asked, where that explains
 * what came, and what their fingerprints add where nothing else does. '' if there is nothing to say.
 */
export function sayGround(verdict: RunsVerdict, tone: Tone, fingerprints: FingerprintFinding | null): string {
  const { ground, compared, mode } = verdict;
  if (tone === 'open' || compared < 2 || isCutShort(verdict)) return '';
  const same = tone === 'same';
  const found = fingerprints ? sayFingerprintFinding(fingerprints, mode) : '';
  const anew = !same && 'drawsAnew' in ground && ground.drawsAnew ? sayDrawnAnew : null;
  return sentences(sayAsked(ground, same, found, fingerprints?.kind === 'same'), anew);
}

function sayAsked(ground: Ground, same: boolean, found: string, sameId: boolean): string {
  switch (ground.kind) {
    case 'one-seed':
      return sayOneSeed(ground, same, found, sameId);
    case 'no-seed':
      return sayNoSeed(ground, same, found);
    case 'several-seeds':
      return same ? saySameOfSeeds(ground) : saySeveralSeeds(ground);
    case 'some-seeds':
      return same ? `${saySent(ground)}.` : saySomeSeeds(ground);
    case 'several-settings':
      return sentences(
        same ? saySameOfSettings(ground) : saySeveralSettings(ground),
        sayAnswered(ground.models),
        ground.address === null ? null : `The providers have one address: ${ground.address}.`,
      );
    case 'none':
      return '';
    case 'unknown':
      return 'What these texts answer, and with which seed, is not known here.';
  }
}

/** Whether the texts are alike up to where the token limit cut the shorter one: then nothing has parted. */
function isCutShort(verdict: RunsVerdict): boolean {
  if (verdict.kind !== 'stops-short') return false;
  return verdict.stopping.every((run) => verdict.atLimit.runs.includes(run));
}

/** Of runs that differ, some of which sent such a seed. */
export const sayDrawnAnew =
  'To llama.cpp and servers built on it, a seed whose 32 low bits are all set, as in -1 and 4294967295, means a new one each time.';

/** Of runs that are compared with earlier ones. */
export const sayUnseeded = 'No seed was sent, so other texts are no drift.';

type Of<Kind extends Ground['kind']> = Extract<Ground, { kind: Kind }>;

function sayOneSeed(
  { drawsAnew, greedy, served }: Of<'one-seed'>,
  same: boolean,
  found: string,
  sameId: boolean,
): string {
  if (served.length > 1) return saySeveralModels(served, same);
  if (greedy) return sentences(same ? null : 'Whatever the seed, the likeliest token should be taken.', found);
  return sentences(found, !same && sameId && !drawsAnew ? 'A seed is best effort.' : null);
}

/** Where several models answered one and the same request. */
function saySeveralModels(served: readonly Served[], same: boolean): string {
  const said = served.map(({ model, runs }) => `${sayRuns(runs)} by ${model}`);
  const who = firstFew(said, (more) => `${more} more`);
  return `Several models answered: ${who}${same ? ', and all agree' : '; that may be why'}.`;
}

function sayNoSeed({ greedy, extra }: Of<'no-seed'>, same: boolean, found: string): string {
  if (extra) return sentences('The seed field is empty, but the extra body names a seed.', found);
  if (!greedy)
    return same
      ? 'No seed was sent, and the runs agree all the same.'
      : 'No seed was sent, so each run drew its own numbers.';
  return sentences('No seed was sent, and none should be needed: the likeliest token should be taken.', found);
}

function saySameOfSeeds({ seeds, repeated }: Of<'several-seeds'>): string {
  const sent = `Runs of ${counted(seeds, 'seed')} agree`;
  return repeated.requests === 0 ? `${sent}: that does not show that a seed repeats.` : `${sent}.`;
}

function saySeveralSeeds({ greedy, repeated }: Of<'several-seeds'>): string {
  if (repeated.requests > 0) return sayRepeated(repeated, 'seed', 'they differ only from seed to seed');
  if (greedy) return 'Each run had its own seed, though none should matter where the likeliest token should be taken.';
  return 'Each run had its own seed, so that they differ is no drift.';
}

const saySent = ({ seeded, unseeded }: Of<'some-seeds'>): string =>
  `A seed was sent in ${sayRuns(seeded)}, and none in ${sayRuns(unseeded)}`;

function saySomeSeeds(ground: Of<'some-seeds'>): string {
  const { greedy, repeated } = ground;
  if (greedy) return `${saySent(ground)}, though none should matter where the likeliest token should be taken.`;
  if (repeated.agreeing < repeated.requests) return `${saySent(ground)}. Runs with the same seed differ, too.`;
  return `${saySent(ground)}: that they differ is no drift.`;
}

const named = ({ settings }: Of<'several-settings'>): string => listed(settings.map(parameterName));

const saySameOfSettings = (ground: Of<'several-settings'>): string =>
  `The settings differ in ${named(ground)}, and the runs agree all the same.`;

function saySeveralSettings(ground: Of<'several-settings'>): string {
  const { repeated, seeded } = ground;
  if (repeated.requests > 0) return sayRepeated(repeated, 'request', `they differ only with ${named(ground)}`);
  const differ = `${seeded ? 'The' : 'No seed was sent, and the'} settings differ in ${named(ground)}`;
  return `${differ}: that the runs differ is no drift.`;
}

/** Whether runs with one and the same request and seed agree. */
function sayRepeated({ requests, agreeing }: Repeated, what: string, otherwise: string): string {
  if (agreeing === requests) return `Runs with the same ${what} agree: ${otherwise}.`;
  const where = requests === 1 ? '' : `, in ${requests - agreeing} of ${counted(requests, what)}`;
  return `Runs with the same ${what} differ, too${where}.`;
}

/** Where another model answered than was asked for. */
function sayAnswered(models: readonly Answered[]): string {
  const others = models.filter(({ asked, answered }) => answered.some((model) => model !== asked));
  if (others.length === 0) return '';
  const alone = new Set(models.flatMap(({ answered }) => answered));
  if (models.length > 1 && alone.size === 1) {
    const asked = listed(models.map(({ asked }) => asked));
    return `${asked} ${plural(models.length, 'was', models.length === 2 ? 'were both' : 'were all')} answered by ${[...alone][0]}.`;
  }
  const said = others.map(({ asked, answered }) => `${asked} was answered by ${inSequence(answered)}`);
  return `${firstFew(said, (more) => `${more} more by others`)}.`;
}
