// The picture that a link to a lesson or a drill is shown with, 1200 × 630: its chapter, its title, and its place among the chapter's
// lessons, drawn as everywhere in the course: a box each, the lesson's own in ember, a story round.
import { pageStrings } from '../../../i18n/pages.ts'
import { fill, type Language, strings } from '../../../i18n/strings.ts'
import { type DrillPage, drillsIn } from '../drills.ts'
import type { ChapterPage, LessonPage } from '../lessons.ts'
import { bareMark } from './mark.ts'
import { breakText, drawText, type Style } from './text.ts'

/** The colours of the dark theme (styles/tokens.css). */
const colours = {
  paper: '#0f1618',
  line: '#2a393c',
  ink: '#e3e7e1',
  muted: '#a1b1b0',
  tide: '#74cfc3',
  ember: '#f7a583',
}

export const cardWidth = 1200
const cardHeight = 630
const edge = 80
const leading = 1.3

interface CardText {
  readonly language: Language
  /** Over the title. */
  readonly above: string
  readonly title: string
  /** Lessons of a chapter and which of them this is. */
  readonly cells?: { readonly stories: readonly boolean[]; readonly own?: number }
}

async function write(text: string, style: Style & { colour: string }, x: number, y: number): Promise<string> {
  const { paths } = await drawText(text, style)
  return `<g transform="translate(${x} ${y})" fill="${style.colour}">${paths}</g>`
}

/** The largest size at which a title fits between what stands over it and the line below. */
async function fitted(title: string): Promise<{ lines: string[]; style: Style }> {
  for (const size of [84, 74, 64, 56, 48]) {
    const style = { size, weight: 700 }
    const lines = await breakText(title, style, cardWidth - 2 * edge)
    if (lines.length * size * leading <= 290) return { lines, style }
  }
  throw new Error(`too long for a card: ${title}`)
}

function row({ stories, own }: NonNullable<CardText['cells']>): string {
  const step = Math.min(56, (cardWidth - 2 * edge - 380) / stories.length)
  const side = step * 0.72
  return stories
    .map((story, i) => {
      const paint =
        i === own ? `fill="${colours.ember}"` : `fill="none" stroke="${colours.tide}" stroke-width="2.5"`
      const radius = story ? side / 2 : side / 4
      return `<rect x="${edge + i * step}" y="${cardHeight - edge - side}" width="${side}" height="${side}" rx="${radius}" ${paint}/>`
    })
    .join('')
}

async function card({ language, above, title, cells }: CardText): Promise<string> {
  const { siteName } = strings[language]
  const { lines, style } = await fitted(title)
  const line = style.size * leading
  const top = 312 - ((lines.length - 1) * line) / 2 + style.size * 0.35
  const name = { size: 32, weight: 600, colour: colours.ink }
  const { width } = await drawText(siteName, name)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${cardWidth} ${cardHeight}">
<rect width="${cardWidth}" height="${cardHeight}" fill="${colours.paper}"/>
<rect width="${cardWidth}" height="10" fill="${colours.tide}"/>
${await write(above, { size: 36, weight: 500, colour: colours.tide }, edge, 132)}
${(await Promise.all(lines.map((each, i) => write(each, { ...style, colour: colours.ink }, edge, top + i * line)))).join('\n')}
<path d="M${edge} ${cardHeight - edge - 76}H${cardWidth - edge}" stroke="${colours.line}" stroke-width="2"/>
${cells ? row(cells) : ''}
${await write(siteName, name, cardWidth - edge - width, cardHeight - edge - 8)}
<g transform="translate(${cardWidth - edge - width - 64} ${cardHeight - edge - 44}) scale(1.55)">${bareMark()}</g>
</svg>`
}

const cellsOf = (chapter: ChapterPage, own?: LessonPage): NonNullable<CardText['cells']> => ({
  stories: chapter.lessons.map(each => each.story),
  ...(own && { own: chapter.lessons.findIndex(each => each.id === own.id) }),
})

export const lessonCard = (page: LessonPage): Promise<string> =>
  card({
    language: page.language,
    above: `${page.chapter.number} · ${page.chapter.title}`,
    title: page.story ? page.title : `${page.number} ${page.title}`,
    cells: cellsOf(page.chapter, page),
  })

export const chapterCard = (language: Language, chapter: ChapterPage): Promise<string> =>
  card({
    language,
    above: fill(strings[language].chapter, { n: chapter.number }),
    title: chapter.title,
    cells: cellsOf(chapter),
  })

/** Its place among the drills of its level. */
export const drillCard = (page: DrillPage): Promise<string> => {
  const { level } = page.drill
  const beside = drillsIn(page.language).filter(each => each.drill.level === level)
  return card({
    language: page.language,
    above: fill(pageStrings[page.language].drillLevel, { n: level }),
    title: `${page.number} ${page.words.title}`,
    cells: { stories: beside.map(() => false), own: beside.findIndex(each => each.id === page.id) },
  })
}

export const homeCard = (language: Language): Promise<string> =>
  card({ language, above: '', title: strings[language].tagline })
