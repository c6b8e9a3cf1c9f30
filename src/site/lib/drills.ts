// The drills as the build finds them in content/drills/NN-name: order by name, words from `text.ts`.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Language, languages } from '../../i18n/strings.ts'
import { type Drill, type DrillText, drillLesson } from '../../lesson/drill.ts'
import type { Lesson } from '../../lesson/lesson.ts'
import { changesIn } from '../../lesson/own-commands.ts'

export interface DrillPage {
  readonly language: Language
  /** `drills/01-image-tag`: also the folder under content, and the name under which progress is kept. */
  readonly id: string
  readonly number: number
  /** `/zh/drills/01-image-tag/` */
  readonly path: string
  readonly drill: Drill
  readonly lesson: Lesson
  readonly words: DrillText[Language]
  /** Commands that change something, in the best known way. */
  readonly best: number
}

const drills = import.meta.glob<Drill>('/content/drills/*/drill.ts', { eager: true, import: 'default' })
const texts = import.meta.glob<DrillText>('/content/drills/*/text.ts', { eager: true, import: 'default' })

export const levels = [1, 2, 3] as const

export const drillsPath = (language: Language): string => `/${language}/drills/`

/** All drills, level by level. */
export const drillsIn = (language: Language): DrillPage[] =>
  Object.entries(drills)
    .map(([file, drill]): DrillPage => {
      const id = file.split('/').slice(2, 4).join('/')
      const text = texts[`/content/${id}/text.ts`]
      if (!text) throw new Error(`content/${id}/text.ts does not exist`)
      return {
        language,
        id,
        number: Number.parseInt(id.split('/')[1]!, 10),
        path: `/${language}/${id}/`,
        drill,
        lesson: drillLesson(drill),
        words: text[language],
        best: drill.solution.reduce<number>(
          (sum, move) => sum + (typeof move === 'string' ? changesIn(move) : 0),
          0,
        ),
      }
    })
    .sort((a, b) => a.drill.level - b.drill.level || a.number - b.number)

export const allDrills = (): DrillPage[] => languages.flatMap(drillsIn)

/** The manifests of a drill, by name. */
export function drillFiles(id: string): Record<string, string> {
  const folder = join(process.cwd(), 'content', id)
  const names = readdirSync(folder).filter(name => name.endsWith('.yaml'))
  return Object.fromEntries(names.map(name => [name, readFileSync(join(folder, name), 'utf8')]))
}
