import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/*.test.ts'],
    setupFiles: './src/parts/preload.ts',
    // The core has no state of its own but what is loaded: test files may share it, and then it is loaded once.
    isolate: false,
    testTimeout: 30_000,
  },
})
