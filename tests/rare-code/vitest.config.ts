import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { rareCode } from '../../scripts/lib/rare-code/plugin.ts'

// The sources as the build of the lab has them: with rare code cut out of every module.
export default defineConfig({
  plugins: [rareCode()],
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['tests/rare-code/*.test.ts'],
    fileParallelism: false,
    testTimeout: 240_000,
  },
})
