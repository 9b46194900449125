// npm test: everything that can be checked, ending with one line that says how it went.
// Words after it go to Vitest (npm test -- gate). --check leaves out journeys and long suites.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { alone, buildWeb, compile, endWithParent, install, runNode, Stopped } from './build.mjs';

const given = process.argv.slice(2);
const quick = given.includes('--check');
const filters = given.filter((word) => word !== '--check');
const long = ['tests/journeys/**', '**/*.long.test.ts'];

/** So many files that failed are asked once more, alone; more of them have a cause of their own. */
const asked_again = 3;

const tally = { passed: 0, failed: 0, skipped: 0, unsteady: 0 };
const faults = [];
const unsteady_files = [];

/** Counts one check that either holds or does not. */
function count(name, code) {
  tally[code === 0 ? 'passed' : 'failed'] += 1;
  if (code !== 0) faults.push(name);
}

async function check() {
  await alone(async () => {
    await install();
    count('types: the sources compile', await compile());
    if (!quick) count('build: the web app', await buildWeb());
  });
  count('format and lint', await runNode('@biomejs/biome/bin/biome', ['check', '.']));
  for (const project of ['web', 'tsconfig.tests.json']) {
    count(`types: ${project}`, await runNode('typescript/bin/tsc', ['-p', project]));
  }
}

async function vitest() {
  // Journeys run alone build what they walk through; here it is built already.
  if (!quick) process.env.WHEELHOUSE_TEST_BUILT = 'yes';
  const args = quick ? long.flatMap((pattern) => ['--exclude', pattern]) : [];
  const first = await runFiles([...args, ...filters]);
  tally.passed += first.passed;
  tally.skipped += first.skipped;
  let { failed, code } = first;
  if (failed > 0 && first.failing.length <= asked_again) {
    // docs/decisions/0008: whatever passes only now is named, and stands in the last line.
    const again = await runFiles(first.failing);
    const unsteady = Math.max(0, failed - again.failed);
    tally.passed += unsteady;
    if (unsteady > 0) unsteady_files.push(...first.failing.map((file) => relative('.', file)));
    tally.unsteady += unsteady;
    ({ failed, code } = again);
  }
  tally.failed += failed;
  if (failed > 0) faults.push(`${failed} tests or suites`);
  if (first.passed + first.failed === 0) count('tests: none ran', 1);
  else if (code !== 0 && failed === 0) count(`tests: Vitest itself ended with ${code}`, 1);
}

/** Runs test files: how many tests passed, failed and were left out, and which files failed. */
async function runFiles(args) {
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-test-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const code = await runNode('vitest/vitest.mjs', ['run', ...reporters, ...args]);
    return { code, ...counted(JSON.parse(readReport(report))) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '{}';
  }
}

function counted(report) {
  const failing = (report.testResults ?? []).filter(({ status }) => status === 'failed');
  // A file that could not be read or set up has no tests to count, and is no less wrong for that.
  const broken = failing.filter(
    ({ assertionResults }) => !assertionResults.some((one) => one.status === 'failed'),
  );
  return {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + broken.length,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
    failing: failing.map(({ name }) => name),
  };
}

endWithParent();
try {
  await check();
  await vitest();
} catch (thrown) {
  count(thrown instanceof Stopped ? thrown.message : thrown.stack, 1);
}
if (faults.length > 0) console.log(`\nNot as it should be: ${faults.join('; ')}`);
if (unsteady_files.length > 0) console.log(`\nPassed only alone: ${unsteady_files.join(', ')}`);
const unsteady = tally.unsteady > 0 ? `, ${tally.unsteady} of them only alone` : '';
const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
console.log(`\n${tally.passed} passed${unsteady}, ${tally.failed} failed${skipped}`);
process.exitCode = tally.failed > 0 ? 1 : 0;
