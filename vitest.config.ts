import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The long ones first: no worker is left alone with the longest at the end. Measured, that were the last
 *  five of twenty minutes. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => moduleId.endsWith('.long.test.ts');
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

// Tests read the sources, not dist, so that what is tested is what is written.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@wheelhouse\/core\/learn$/, replacement: at('./core/src/learn/index.ts') },
      { find: /^@wheelhouse\/core\/markdown$/, replacement: at('./core/src/markdown.ts') },
      { find: /^@wheelhouse\/core$/, replacement: at('./core/src/index.ts') },
      { find: /^@wheelhouse\/plan$/, replacement: at('./plan/src/index.ts') },
      { find: /^@wheelhouse\/sdk$/, replacement: at('./sdk/src/index.ts') },
    ],
  },
  test: {
    globalSetup: ['./tests/engine.setup.ts'],
    include: [
      'core/**/*.test.ts',
      'server/**/*.test.ts',
      'sdk/**/*.test.ts',
      'plan/**/*.test.ts',
      'web/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    // Ends of what never comes, not promises: a machine that gives a third of a core takes ten times as
    // long as a quiet one. What is to be quick says so in its own test.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    // One more than the cores of the smallest machine: measured, what tests did took 45% of the time of
    // two; the rest of it they waited, for jobs, deadlines and the dead.
    maxWorkers: 3,
    // The sources are read once a worker, not once a file, which is a fifth of the whole. So no test
    // replaces modules, clocks or globals: what a test needs otherwise it is given as a port.
    isolate: false,
    sequence: { sequencer: LongFirst },
  },
});
