// npm test: everything that can be checked, ending with one line that says how it went.
// Words after it go to Vitest (npm test -- gate). --check leaves out journeys and long suites.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alone, buildWeb, compile, endWithParent, install, runNode, Stopped } from './build.mjs';

const given = process.argv.slice(2);
const quick = given.includes('--check');
const filters = given.filter((word) => word !== '--check');
const long = ['tests/journeys/**', '**/*.long.test.ts'];

const tally = { passed: 0, failed: 0, skipped: 0 };
const faults = [];

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
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-test-'));
  const report = join(folder, 'report.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  if (quick) args.push(...long.flatMap((pattern) => ['--exclude', pattern]));
  try {
    const code = await runNode('vitest/vitest.mjs', [...args, ...filters]);
    addReport(JSON.parse(readReport(report)), code);
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

function addReport(report, code) {
  const suites = report.testResults ?? [];
  // A file that could not be read or set up has no tests to count, and is no less wrong for that.
  const broken = suites.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  );
  const passed = report.numPassedTests ?? 0;
  const failed = (report.numFailedTests ?? 0) + broken.length;
  tally.passed += passed;
  tally.failed += failed;
  tally.skipped += (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
  if (failed > 0) faults.push(`${failed} tests or suites`);
  if (passed + failed === 0) count('tests: none ran', 1);
  else if (code !== 0 && failed === 0) count(`tests: Vitest itself ended with ${code}`, 1);
}

endWithParent();
try {
  await check();
  await vitest();
} catch (thrown) {
  count(thrown instanceof Stopped ? thrown.message : thrown.stack, 1);
}
if (faults.length > 0) console.log(`\nNot as it should be: ${faults.join('; ')}`);
const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
console.log(`\n${tally.passed} passed, ${tally.failed} failed${skipped}`);
process.exitCode = tally.failed > 0 ? 1 : 0;
