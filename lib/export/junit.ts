import type { Check, NotBegun } from '@/lib/gate/check';
import type { CaseResult } from '@/lib/gate/judge';
import { notBegunSaid, sayCase, sayOutcome } from '@/lib/words/gate';

/**
 * A check as JUnit's XML: one testcase for each case, its runs as properties, since a run is no test. A case that fails is a
 * failure; one that is undecided or was not judged is an error, as JUnit calls what kept a test from giving an answer. One that a
 * stopped check did not come to is skipped.
 */
export function toJUnit({ suite, title, results, notBegun }: Check): string {
  const failures = results.filter(({ outcome }) => outcome === 'fails').length;
  const errors = results.filter(({ outcome }) => outcome === 'undecided' || outcome === 'not-judged').length;
  const tests = results.length + notBegun.length;
  const counts = `tests="${tests}" failures="${failures}" errors="${errors}" skipped="${notBegun.length}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="seedbed" ${counts}>`,
    `  <testsuite name=${quoted(title ?? suite)} ${counts}>`,
    ...results.map((result) => testCase(result, suite)),
    ...notBegun.map((each) => skippedCase(each, suite)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(result: CaseResult, suite: string): string {
  const { outcome, runs, counts } = result;
  const seconds = runs.reduce((sum, run) => sum + (run.status === 'ended' ? run.timing.totalMs : 0), 0) / 1000;
  const { planned, made, ...ends } = counts;
  const properties = Object.entries({ outcome, planned, runs: made, ...ends }).map(
    ([name, value]) => `        <property name="${name}" value="${value}"/>`,
  );
  return [
    `    <testcase ${placeOf(result, suite)} time="${seconds.toFixed(3)}">`,
    '      <properties>',
    ...properties,
    '      </properties>',
    ...verdict(result),
    '    </testcase>',
  ].join('\n');
}

/** The attributes that say which case it is. */
const placeOf = ({ id, line }: NotBegun, suite: string): string =>
  `name=${quoted(id)} classname=${quoted(suite)} file=${quoted(suite)} line="${line}"`;

const skippedCase = (notBegun: NotBegun, suite: string): string =>
  `    <testcase ${placeOf(notBegun, suite)} time="0"><skipped message=${quoted(notBegunSaid)}/></testcase>`;

function verdict(result: CaseResult): string[] {
  const said = sayCase(result);
  if (result.outcome === 'holds') return [`      <system-out>${escaped(said)}</system-out>`];
  const element = result.outcome === 'fails' ? 'failure' : 'error';
  const message = quoted(`${result.id} ${sayOutcome[result.outcome]}`);
  return [`      <${element} type="${result.outcome}" message=${message}>${escaped(said)}</${element}>`];
}

const quoted = (text: string): string =>
  `"${escaped(text)
    .replaceAll('"', '&quot;')
    .replace(/[\t\r\n]/g, ' ')}"`;

/** XML 1.0 has no place for most control characters and for halves of surrogate pairs, not even escaped. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
