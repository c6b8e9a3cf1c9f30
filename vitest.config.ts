import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/*.test.ts'],
    setupFiles: './src/parts/preload.ts',
    testTimeout: 30_000,
  },
})
