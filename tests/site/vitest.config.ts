import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { longestFirst } from '../longest-first.ts'

// A file has a browser of its own, a test a profile of its own; two cores are busy with two files at a time.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: './serve-built-site.ts',
    maxWorkers: Math.min(2, availableParallelism()),
    maxConcurrency: 2,
    sequence: {
      sequencer: longestFirst(/\/(?:base-path|lab|drills|map|lab-history|lessons|beside)\.test\.ts$/),
    },
    // What is waited for comes when it comes: other work may go on beside.
    expect: { poll: { timeout: 30_000 } },
    // No file leaves anything behind but a closed browser.
    isolate: false,
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
})
