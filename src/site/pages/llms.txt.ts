// The course for programs that read: what it is, and each lesson and drill as Markdown, in both languages (https://llmstxt.org).
import type { APIRoute } from 'astro'
import { libraryWords } from '../../i18n/library.ts'
import { pageStrings } from '../../i18n/pages.ts'
import { type Language, languages, strings } from '../../i18n/strings.ts'
import { type DrillPage, drillsIn } from '../lib/drills.ts'
import { type ChapterPage, chaptersIn } from '../lib/lessons.ts'
import { markdownAddress } from '../lib/markdown/page.ts'
import { absolute, href } from '../lib/paths.ts'

/** Kept within one line, and no end of a link. */
const word = (text: string): string => text.replace(/([[\]])/g, '\\$1')

const chapter = ({ number, title, summary, lessons }: ChapterPage): string =>
  `## ${number} ${title}\n\n${summary}\n\n${lessons
    .map(each => `- [${word(`${each.number} ${each.title}`)}](${markdownAddress(each.path)}): ${each.lead}`)
    .join('\n')}`

function drills(language: Language): string {
  const words = pageStrings[language]
  const each = ({ number, path, words: { title, report } }: DrillPage): string =>
    `- [${word(`${number} ${title}`)}](${markdownAddress(path)}): ${report}`
  return `## ${words.drills}\n\n${words.drillsLead}\n\n${drillsIn(language).map(each).join('\n')}`
}

function beside(language: Language): string {
  const t = strings[language]
  const words = pageStrings[language]
  const link = (name: string, title: string): string => {
    const path = `/${language}/${name}/`
    return `- [${title}](${absolute(path) ?? href(path)})`
  }
  return [
    link('gallery', words.gallery),
    link('sheet', words.sheetTitle),
    link('errors', words.errorsTitle),
    link('glossary', t.glossary),
    link('errata', t.errata),
    link('verified', words.verification),
    link('about', words.about),
    link('library', libraryWords[language].title),
  ].join('\n')
}

export const GET: APIRoute = () =>
  new Response(
    `# ${strings.en.siteName} · ${strings.zh.siteName}

> ${strings.en.tagline}. ${strings.en.heroLead}
>
> ${strings.zh.tagline}。${strings.zh.heroLead}

${languages.flatMap(language => [...chaptersIn(language).map(chapter), drills(language)]).join('\n\n')}

## Optional

${languages.map(beside).join('\n')}
`,
    { headers: { 'content-type': 'text/plain; charset=utf-8' } },
  )
