// Everything CI runs, all of it even if a part fails: first side by side what needs no browser, and the build of the
// pages, then the browser. The last line counts the tests; each of the other steps counts as one.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number }} Count */

const reports = { unit: '.cache/unit.json', e2e: '.cache/e2e.json' };
for (const report of Object.values(reports)) rmSync(report, { force: true });

const counts = await Promise.all([
  counted(
    'unit',
    reports.unit,
    ['--reporter=default', '--reporter=json', `--outputFile=${reports.unit}`],
    (report) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
    }),
  ),
  inTurn(['build', 'format', 'lint', 'types', 'unused']),
]);
counts.push(
  await counted('e2e', reports.e2e, [], ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
  })),
);

const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/**
 * Steps that have no report of their own: each counts as one.
 * @param {string[]} scripts
 * @returns {Promise<Count>}
 */
async function inTurn(scripts) {
  let passed = 0;
  for (const script of scripts) if (await npm(script, [])) passed++;
  return { passed, failed: scripts.length - passed };
}

/**
 * A step that writes a report. If it fails without a failed test (a broken set-up, say), that counts as one failure.
 * @param {string} script
 * @param {string} file where its report is
 * @param {string[]} args
 * @param {(report: any) => Count} read
 * @returns {Promise<Count>}
 */
async function counted(script, file, args, read) {
  const ok = await npm(script, args);
  const { passed, failed } = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0 };
  return { passed, failed: ok ? failed : Math.max(failed, 1) };
}

/**
 * Runs a script, and prints what it says when it is over, so that the words of two do not mix.
 * @param {string} script
 * @param {string[]} args
 * @returns {Promise<boolean>} whether it succeeded
 */
function npm(script, args) {
  const began = performance.now();
  console.log(`[seedbed] ${script} …`);
  const child = spawn('npm', ['run', '--silent', script, '--', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      said += error.message;
    });
    child.on('close', (code) => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`${said.trimEnd()}\n[seedbed] ${script} ${code === 0 ? 'passed' : 'FAILED'} after ${seconds} s\n`);
      resolve(code === 0);
    });
  });
}
