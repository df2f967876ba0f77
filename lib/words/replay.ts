import type { Destination } from '@/lib/compare/measure/destinations';
import type {
  Replay,
  ReplayDestinations,
  ReplayFingerprints,
  ReplayGroup,
  ReplayLeftOut,
  ReplayPair,
} from '@/lib/compare/measure/replay';
import { sayDestinations } from './destinations';
import { capital, counted, firstFew, inShort, listed, plural, sentences } from './english';
import { sayFork } from './fork';
import { sayDrawnAnew, sayUnseeded } from './ground';
import { sayReason } from './left-out';
import { sayRuns } from './runs';

/** An experiment run again, against the stored one. All but `sentence` are '' where there is nothing to say. */
type ReplayWords = { sentence: string; groups: string; address: string; fingerprints: string };

/**
 * A replay in words: "4 of 5 match the stored text; run 2 differs at word 37." While it goes on, the sentence says how far
 * it has come; where the two differ in how their runs were sent, it begins with that.
 */
export function sayReplay(replay: Replay): ReplayWords {
  if (replay.kind === 'other-recipe')
    return {
      sentence: 'These experiments asked different things, so their texts are not compared.',
      groups: '',
      address: '',
      fingerprints: 'Fingerprints can change with the settings, so they are compared only for the same recipe.',
    };
  const { imported, sent, progress, inGroups, groups, unseeded, drawnAnew, pairs, destinations, fingerprints } = replay;
  const differing = pairs.filter(({ matches }) => !matches);
  const drawn = differing.some(({ run }) => unseeded.includes(run));
  const drawnFrom = differing.some(({ run }) => drawnAnew.includes(run)) ? sayDrawnAnew : null;
  const otherwise = sent ? `${ways[sent.now]} against ${ways[sent.stored]}: ` : '';
  const soFar = progress ? `${progress.finished} of ${progress.planned} so far: ` : '';
  return {
    sentence: capital(`${otherwise}${soFar}${sayPairs(replay)}`),
    groups: sentences(drawn ? sayUnseeded : null, drawnFrom, inGroups ? sayGroups(groups) : null),
    address: destinations ? sayAddress(destinations, imported) : '',
    fingerprints: fingerprints ? (imported ? sayClaimedFingerprints : sayFingerprints)(fingerprints) : '',
  };
}

const ways = { parallel: 'all at once', sequential: 'one after the other' };

/** Why a run of either side is left out, in words that stand alone: "stored run 3 failed: rate limit." */
export const sayReplayLeftOut = ({ side, run, reason }: ReplayLeftOut): string =>
  `${side} run ${run} ${reason.kind === 'missing' ? 'is missing.' : sayReason(reason)}`;

function sayPairs({ kind, pairs, leftOut }: Replay): string {
  if (kind === 'no-stored-text') return 'nothing to compare with: no stored run has a text that counts.';
  if (kind === 'no-new-text') return 'no new run has a text that counts.';
  if (kind === 'no-common-run') return 'no run has a text on both sides.';
  const matching = pairs.filter(({ matches }) => matches).length;
  const of = `${matching} of ${pairs.length}${leftOut.length > 0 ? ' comparable runs' : ''}`;
  return `${of} ${plural(matching, 'matches', 'match')} the stored text${sayDifferences(pairs)}.`;
}

function sayDifferences(pairs: readonly ReplayPair[]): string {
  const places = pairs.flatMap(({ run, firstDifference }) => (firstDifference ? [{ run, ...firstDifference }] : []));
  const [earliest] = places.toSorted((a, b) => a.character - b.character);
  if (!earliest) return '';
  const runs = sayRuns(places.map(({ run }) => run));
  return `; ${runs} ${plural(places.length, 'differs', 'differ, earliest')} ${sayFork(earliest)}`;
}

function sayGroups(groups: readonly ReplayGroup[]): string {
  const said = groups.map(
    ({ letter, stored, now }) => `text ${letter} ${sayTimes(stored.length, 'before')}, ${sayTimes(now.length, 'now')}`,
  );
  return `As groups: ${firstFew(said, (more) => counted(more, 'more text'))}.`;
}

const sayTimes = (count: number, when: string): string =>
  count === 0 ? `not ${when}` : `${plural(count, 'once', `${count} times`)} ${when}`;

function sayAddress({ kind, stored, now }: ReplayDestinations, imported: boolean): string {
  if (kind === 'changed') {
    const then = imported ? 'by the imported file' : 'then';
    return `Sent to another address: ${then} ${sayDestinations(stored)}, now ${sayDestinations(now)}.`;
  }
  const sides = [isRecorded(stored) ? null : 'stored', isRecorded(now) ? null : 'new'].filter((side) => side !== null);
  return `It is not recorded where all ${listed(sides)} runs were sent, so a change of address cannot be seen.`;
}

const isRecorded = (destinations: readonly Destination[]): boolean =>
  destinations.every(({ kind }) => kind !== 'unrecorded');

/** 'fingerprints' where either side has several. */
function nameFingerprints({ stored, now }: ReplayFingerprints): string {
  const several = Math.max(...[stored, now].map((values) => values.filter((value) => value !== null).length)) > 1;
  return plural(several ? 2 : 1, 'fingerprint');
}

/** The fuller list of fingerprints that are the same on either side. */
const saySame = ({ stored, now }: ReplayFingerprints): string => sayValues(stored.length >= now.length ? stored : now);

const unproven = 'That can go with a change, it does not prove its cause.';

function sayFingerprints(change: ReplayFingerprints): string {
  const { kind, stored, now } = change;
  const fingerprints = nameFingerprints(change);
  switch (kind) {
    case 'never-reported':
      return 'No fingerprint was reported, then or now.';
    case 'not-reported-then':
      return `No fingerprint was reported then, now ${sayValues(now)}: a change cannot be seen.`;
    case 'not-reported-now':
      return `The fingerprint was ${sayValues(stored)}, now none is reported: a change cannot be seen.`;
    case 'unchanged':
      return `${capital(fingerprints)} unchanged: ${saySame(change)}.`;
    case 'changed':
      return sentences(`The ${fingerprints} changed from ${sayValues(stored)} to ${sayValues(now)}.`, unproven);
  }
}

/** The same where the stored ones are what an imported file says. */
function sayClaimedFingerprints(change: ReplayFingerprints): string {
  const { kind, stored, now } = change;
  const fingerprints = nameFingerprints(change);
  switch (kind) {
    case 'never-reported':
      return 'No fingerprint is in the imported file, and none is reported now.';
    case 'not-reported-then':
      return `No fingerprint is in the imported file, now ${sayValues(now)}: a change cannot be seen.`;
    case 'not-reported-now':
      return `${capital(fingerprints)} by the imported file: ${sayValues(stored)}; now none is reported: a change cannot be seen.`;
    case 'unchanged':
      return `The same ${fingerprints} by the imported file and now: ${saySame(change)}.`;
    case 'changed':
      return sentences(
        `${capital(fingerprints)} by the imported file: ${sayValues(stored)}; now: ${sayValues(now)}.`,
        unproven,
      );
  }
}

function sayValues(values: readonly (string | null)[]): string {
  const ids = values.filter((value) => value !== null);
  return `${inShort(ids)}${ids.length < values.length ? ' (not in all runs)' : ''}`;
}
