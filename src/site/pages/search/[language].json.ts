// The Latin words of the lessons, for searches that are misspelt.
import type { APIRoute } from 'astro'
import { type Language, languages } from '../../../i18n/strings.ts'
import { chaptersIn } from '../../lib/lessons.ts'

export const getStaticPaths = () => languages.map(language => ({ params: { language } }))

/** What stands in more than one lesson is hardly a made-up name. */
const often = 2

export const GET: APIRoute = ({ params }) => {
  const count = new Map<string, number>()
  for (const { source, transcript } of chaptersIn(params.language as Language).flatMap(
    each => each.lessons,
  )) {
    const commands = transcript.steps.flatMap(step => step.commands.map(({ text }) => text))
    const words = [source, ...commands].join('\n').match(/(?<![\w-])[A-Za-z]{4,24}(?![\w-])/g) ?? []
    for (const word of new Set(words.map(each => each.toLowerCase())))
      count.set(word, (count.get(word) ?? 0) + 1)
  }
  const known = [...count].filter(([, n]) => n >= often).sort(([, a], [, b]) => b - a)
  return new Response(JSON.stringify(known.map(([word]) => word)))
}
