// Test files in an order for several workers: what begins last should be short, or one core waits for another.
import { BaseSequencer } from 'vitest/node'

/** The files that match come first. */
export const longestFirst = (long: RegExp) =>
  class extends BaseSequencer {
    override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
      const sorted = await super.sort(files)
      const isLong = (file: (typeof files)[number]) => long.test(file.moduleId)
      return [...sorted.filter(isLong), ...sorted.filter(file => !isLong(file))]
    }
  }
