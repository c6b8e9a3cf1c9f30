import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { longestFirst } from './tests/longest-first.ts'

export default defineConfig({
  // As in an importer's program: content/library.
  resolve: { alias: { 'living-kubernetes': join(import.meta.dirname, 'src/library/index.ts') } },
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/*.test.ts', 'tests/cluster/*.test.ts'],
    setupFiles: './src/parts/preload.ts',
    // The core has no state of its own but what is loaded: test files may share it, and then it is loaded once.
    isolate: false,
    maxWorkers: availableParallelism(),
    sequence: {
      sequencer: longestFirst(
        /\/(?:exercises|examples\/cluster|cluster\/(?:commands|hostile|kubectl-\w+)|package|parts|drills|timelines|fuzz)\.test\.ts$/,
      ),
    },
    // Against what hangs; how long a test takes is the machine's affair.
    testTimeout: 300_000,
  },
})
