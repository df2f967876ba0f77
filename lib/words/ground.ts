import type { FingerprintFinding } from '@/lib/compare/measure/fingerprints';
import type { Answered, Ground, Repeated } from '@/lib/compare/measure/ground';
import type { RunsVerdict, Tone } from '@/lib/compare/measure/verdict';
import { parameterName } from '@/lib/recipe/parameters';
import { counted, firstFew, inSequence, listed, plural, sentences } from './english';
import { sayFingerprintFinding } from './fingerprints';
import { sayRuns } from './runs';

/**
 * What stands behind a verdict on runs that are over, in a sentence or two: what the runs were asked, where that explains
 * what came, and what their fingerprints add where nothing else does. '' if there is nothing to say.
 */
export function sayGround(
  { ground, compared }: RunsVerdict,
  tone: Tone,
  fingerprints: FingerprintFinding | null,
): string {
  if (tone === 'open' || compared < 2) return '';
  const same = tone === 'same';
  switch (ground.kind) {
    case 'one-seed':
      return sayOneSeed(ground, same, fingerprints);
    case 'no-seed':
      return sayNoSeed(ground, same, fingerprints);
    case 'several-seeds':
      return same ? saySameOfSeeds(ground) : saySeveralSeeds(ground);
    case 'some-seeds':
      return `${saySent(ground)}${same ? '' : ': that they differ is no drift'}.`;
    case 'several-settings':
      return sentences(same ? saySameOfSettings(ground) : saySeveralSettings(ground), sayAnswered(ground.models));
    case 'none':
      return '';
    case 'unknown':
      return 'What these texts answer, and with which seed, is not known here.';
  }
}

/** Of runs that are compared with earlier ones. */
export const sayUnseeded = 'No seed was sent, so other texts are no drift.';

type Of<Kind extends Ground['kind']> = Extract<Ground, { kind: Kind }>;

function sayOneSeed(
  { seed, drawsAnew }: Of<'one-seed'>,
  same: boolean,
  fingerprints: FingerprintFinding | null,
): string {
  return sentences(
    fingerprints && sayFingerprintFinding(fingerprints),
    !same && fingerprints?.kind === 'same' ? 'A seed is best effort.' : null,
    !same && drawsAnew ? `To llama.cpp and servers built on it, the seed ${seed} means a new one each time.` : null,
  );
}

function sayNoSeed({ greedy }: Of<'no-seed'>, same: boolean, fingerprints: FingerprintFinding | null): string {
  if (!greedy)
    return same
      ? 'No seed was sent, and the texts agree all the same.'
      : 'No seed was sent, so each run drew its own numbers.';
  const unneeded = 'No seed was sent, and none should be needed: the likeliest token is taken.';
  return sentences(unneeded, fingerprints && sayFingerprintFinding(fingerprints));
}

function saySameOfSeeds({ seeds, repeated }: Of<'several-seeds'>): string {
  const sent = `${counted(seeds, 'seed')} gave one text`;
  return repeated.requests === 0 ? `${sent}: that does not show that a seed repeats.` : `${sent}.`;
}

function saySeveralSeeds({ greedy, repeated }: Of<'several-seeds'>): string {
  if (repeated.requests > 0) return sayRepeated(repeated, 'seed', 'the text changes only with the seed');
  if (greedy) return 'Each run had its own seed, though none should matter where the likeliest token is taken.';
  return 'Each run had its own seed, so different texts are no drift.';
}

const saySent = ({ seeded, unseeded }: Of<'some-seeds'>): string =>
  `A seed was sent in ${sayRuns(seeded)}, and none in ${sayRuns(unseeded)}`;

const named = ({ settings }: Of<'several-settings'>): string => listed(settings.map(parameterName));

const saySameOfSettings = (ground: Of<'several-settings'>): string =>
  `The runs differ in ${named(ground)}, and give the same text all the same.`;

function saySeveralSettings(ground: Of<'several-settings'>): string {
  const { repeated, seeded } = ground;
  if (repeated.requests > 0) return sayRepeated(repeated, 'request', `the text changes only with ${named(ground)}`);
  return `${seeded ? 'The runs' : 'No seed was sent, and the runs'} differ in ${named(ground)}: that their texts differ is no drift.`;
}

/** Whether runs with one and the same request and seed agree. */
function sayRepeated({ requests, agreeing }: Repeated, what: string, otherwise: string): string {
  if (agreeing === requests) return `Runs with the same ${what} agree: ${otherwise}.`;
  const differing = requests - agreeing;
  return `Runs with the same ${what} differ, too, in ${differing} of ${counted(requests, what)}.`;
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
