// Everything CI runs, one step after the other, all of them even if one fails. The last line counts the tests; format,
// lint and types count as one each.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';

const reports = { unit: '.cache/unit.json', e2e: '.cache/e2e.json' };
for (const report of Object.values(reports)) rmSync(report, { force: true });

/**
 * @param {string} script
 * @param {string[]} args
 */
const npm = (script, ...args) => {
  console.log(`\n[seedbed] ${script} …`);
  return spawnSync('npm', ['run', '--silent', script, '--', ...args], { stdio: 'inherit' }).status === 0;
};
/** @param {boolean} ok */
const one = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

const results = [
  one(npm('format')),
  one(npm('lint')),
  one(npm('types')),
  count(
    npm('unit', '--reporter=default', '--reporter=json', `--outputFile=${reports.unit}`),
    reports.unit,
    (report) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
    }),
  ),
  count(npm('e2e'), reports.e2e, ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected })),
];

/** @param {'passed' | 'failed'} key */
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') === 0 ? 0 : 1);

/**
 * A runner that fails without a failed test (a broken set-up, say) counts as one failure.
 * @param {boolean} ok
 * @param {string} file
 * @param {(report: any) => { passed: number, failed: number }} read
 */
function count(ok, file, read) {
  if (!existsSync(file)) return one(false);
  const { passed, failed } = read(JSON.parse(readFileSync(file, 'utf8')));
  return { passed, failed: ok ? failed : Math.max(failed, 1) };
}
