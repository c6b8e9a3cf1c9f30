// The solution of an exercise as it is typed: commands, and as remarks the waits between them.
import { fill, type Language, strings } from '../../i18n/strings.ts'
import type { Exercise } from '../../lesson/exercise.ts'

export const solutionText = ({ solution }: Exercise, language: Language): string =>
  solution
    .map((move, i) =>
      typeof move === 'string'
        ? move
        : // The last wait is the judge's.
          i < solution.length - 1 && fill(strings[language].exerciseWait, { time: `${move} s` }),
    )
    .filter(Boolean)
    .join('\n')
