// A drawing as a page takes it in.
import type { Language } from '../../i18n/strings.ts'

export function textOf(svg: string, tag: 'title' | 'desc', language: Language): string {
  const [, text] = new RegExp(`<${tag} lang="${language}">([\\s\\S]*?)</${tag}>`).exec(svg) ?? []
  if (!text) throw new Error(`a figure has no <${tag} lang="${language}">`)
  return text.trim()
}

/** Without what is in the other language; its ids are its own among the figures of a page. */
export function figureSvg(source: string, name: string, without: Language): string {
  const own = name.replaceAll('.', '-')
  return source
    .replace(/<\?xml[^>]*>|<!--[\s\S]*?-->/g, '')
    .replace(new RegExp(`\\s*<(\\w+)\\b[^>]*\\slang="${without}"[^>]*>[\\s\\S]*?</\\1>`, 'g'), '')
    .replace(/<(title|desc)\b[\s\S]*?<\/\1>\s*/g, '')
    .replace(/ (?:lang|xmlns)="[^"]*"/g, '')
    .replace(/\sid="/g, ` id="${own}-`)
    .replace(/url\(#/g, `url(#${own}-`)
    .replace(/href="#/g, `href="#${own}-`)
    .replace('<svg', '<svg role="img"')
    .replace(/>\s+</g, '><')
    .trim()
}
