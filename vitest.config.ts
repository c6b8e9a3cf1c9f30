import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { longestFirst } from './tests/longest-first.ts'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/*.test.ts', 'tests/cluster/*.test.ts'],
    setupFiles: './src/parts/preload.ts',
    // The core has no state of its own but what is loaded: test files may share it, and then it is loaded once.
    isolate: false,
    maxWorkers: availableParallelism(),
    sequence: {
      sequencer: longestFirst(/\/(?:exercises|timelines|parts|validate|fuzz|determinism)\.test\.ts$/),
    },
    testTimeout: 60_000,
  },
})
