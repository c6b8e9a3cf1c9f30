// The Latin words of the lessons, of the drills and of the index of errors, for searches that are misspelt: those that may have been
// meant, the most frequent first, and all others.
import type { APIRoute } from 'astro'
import { errors } from '../../../../content/errors/index.ts'
import { type Language, languages } from '../../../i18n/strings.ts'
import { drillsIn } from '../../lib/drills.ts'
import { chaptersIn } from '../../lib/lessons.ts'

export const getStaticPaths = () => languages.map(language => ({ params: { language } }))

/** What stands in more than one of them is hardly a made-up name. */
const often = 2

export const GET: APIRoute = ({ params }) => {
  const count = new Map<string, number>()
  const language = params.language as Language
  const lessons = chaptersIn(language)
    .flatMap(each => each.lessons)
    .map(({ source, transcript }) => {
      const commands = transcript.steps.flatMap(step => step.commands.map(({ text }) => text))
      return [source, ...commands].join('\n')
    })
  const messages = Object.values(errors).flatMap(group =>
    group.map(each => `${each.text} ${each.meaning[language]} ${each.cure[language]}`),
  )
  const drills = drillsIn(language).map(({ words: { title, report, goals, hints, teaches } }) =>
    [title, report, ...Object.values(goals), ...hints, teaches].join('\n'),
  )
  for (const text of [...lessons, ...messages, ...drills]) {
    const words = text.match(/(?<![A-Za-z])[A-Za-z]{4,24}(?![A-Za-z])/g) ?? []
    for (const word of new Set(words.map(each => each.toLowerCase())))
      count.set(word, (count.get(word) ?? 0) + 1)
  }
  const known = [...count].sort(([, a], [, b]) => b - a)
  const from = known.findIndex(([, n]) => n < often)
  const words = known.map(([word]) => word)
  return new Response(JSON.stringify({ meant: words.slice(0, from), others: words.slice(from) }))
}
