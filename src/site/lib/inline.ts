// A sentence of a lesson's text outside its lesson: code, links and other lessons; of other elements what they wrap.
import type { Language } from '../../i18n/strings.ts'
import { escapeHtml } from './highlight.ts'
import { findLesson } from './outline.ts'
import { href } from './paths.ts'

const words = (text: string, language: Language): string =>
  text
    .split(/(<See lesson="[^"]+"[^>]*\/>|\[[^\]]*\]\([^)]*\)|\*\*[^*]+\*\*|<[^>]+>)/)
    .map(part => {
      const [, lesson] = /^<See lesson="([^"]+)"/.exec(part) ?? []
      if (lesson) {
        const { title, path } = findLesson(language, lesson)
        const said = escapeHtml(`${lesson} ${title}`)
        return path ? `<a href="${href(path)}">${said}</a>` : said
      }
      const [, linked, target] = /^\[([^\]]*)\]\(([^)]*)\)$/.exec(part) ?? []
      if (linked && target)
        return `<a href="${target.startsWith('/') ? href(target) : target}">${escapeHtml(linked)}</a>`
      const [, strong] = /^\*\*([^*]+)\*\*$/.exec(part) ?? []
      if (strong) return `<strong>${escapeHtml(strong)}</strong>`
      if (/^<From\b/.test(part))
        throw new Error(`<From> stands in a text that is also shown elsewhere: ${part}`)
      return /^<[^>]+>$/.test(part) ? '' : escapeHtml(part)
    })
    .join('')

/** Markdown of one or more paragraphs → HTML. */
export const inlineHtml = (markdown: string, language: Language): string =>
  markdown
    .trim()
    .split(/\n\s*\n/)
    .map(paragraph => {
      const pieces = paragraph.split(/`([^`]*)`/)
      return `<p>${pieces.map((piece, i) => (i % 2 ? `<code>${escapeHtml(piece)}</code>` : words(piece, language))).join('')}</p>`
    })
    .join('')
