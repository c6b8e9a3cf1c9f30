import { defineConfig } from 'vitest/config'

// One browser for all files, one after another: two cores are not enough for more.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: './serve-built-site.ts',
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
})
