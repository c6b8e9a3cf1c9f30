import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { rareCode } from '../../scripts/lib/rare-code/plugin.ts'

// The sources as the build of the lab has them: with rare code cut out of every module.
export default defineConfig({
  plugins: [rareCode()],
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['tests/rare-code/*.test.ts'],
    // A module's doors have numbers that other modules change, too: Vitest would take up what it kept of an unchanged
    // module from an earlier run, whose doors lead to other functions now.
    fsModuleCache: false,
    fileParallelism: false,
    testTimeout: 240_000,
  },
})
