import { countCached, isComparable } from '@/lib/compare/measure/comparable';
import type { Check } from '@/lib/gate/check';
import type { CaseResult } from '@/lib/gate/judge';
import { sayCase, sayOutcome } from '@/lib/words/gate';

/**
 * A check as JUnit's XML: one testcase for each case, its runs as properties, since a run is no test. A case that fails is a
 * failure; one that is undecided or was not judged is an error, as JUnit calls what kept a test from giving an answer.
 */
export function toJUnit({ suite, title, results }: Check): string {
  const failures = results.filter(({ outcome }) => outcome === 'fails').length;
  const errors = results.filter(({ outcome }) => outcome === 'undecided' || outcome === 'not-judged').length;
  const counts = `tests="${results.length}" failures="${failures}" errors="${errors}" skipped="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="seedbed" ${counts}>`,
    `  <testsuite name=${quoted(title ?? suite)} ${counts}>`,
    ...results.map((result) => testCase(result, suite)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(result: CaseResult, suite: string): string {
  const { id, line, outcome, made, saved, retries } = result;
  const seconds = made.reduce((sum, run) => sum + (run.status === 'ended' ? run.timing.totalMs : 0), 0) / 1000;
  const head = `name=${quoted(id)} classname=${quoted(suite)} file=${quoted(suite)} line="${line}" time="${seconds.toFixed(3)}"`;
  const properties = Object.entries({
    outcome,
    runs: made.length,
    compared: made.filter(isComparable).length,
    failed: made.filter(({ status }) => status === 'failed').length,
    cached: countCached(made),
    retries,
    saved,
  }).map(([name, value]) => `        <property name="${name}" value="${value}"/>`);
  return [
    `    <testcase ${head}>`,
    '      <properties>',
    ...properties,
    '      </properties>',
    ...verdict(result),
    '    </testcase>',
  ].join('\n');
}

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
