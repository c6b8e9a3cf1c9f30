// What a page of the built site costs by itself, before anything in it is touched, over the text that its reader came for.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export const gzip = (data: string | Buffer): number => gzipSync(data, { level: 9 }).length

export interface PageWeight {
  /** Path in the site, `zh/errors/index.html`. */
  readonly name: string
  /** A lesson, a chapter … or, of what there is one of in each language, the last part of its address. */
  readonly kind: string
  /** Bytes of the page and of the files that it loads, each in gzip, less the text alone in gzip. */
  readonly overText: number
  readonly requests: number
}

export class PageWeights {
  readonly #assets: string
  readonly #out: string
  readonly #sizes = new Map<string, number>()

  /** `out`: folder of the built site. */
  constructor(out: string) {
    this.#out = out
    this.#assets = join(out, '_astro')
  }

  of(name: string): PageWeight {
    const page = this.#read(name)
    const files = this.filesOf(name)
    return {
      name,
      kind: kindOf(name),
      overText: gzip(page) - gzip(textOf(page)) + this.sum(files),
      requests: 1 + files.size,
    }
  }

  /** The files below `_astro` that a page loads by itself. */
  filesOf(name: string): Set<string> {
    const local = [...this.#read(name).matchAll(/(?:href|src)="[^"]*?_astro\/([\w.@-]+\.(?:css|js))"/g)].map(
      ([, file]) => file ?? '',
    )
    return new Set(local.flatMap(file => (file.endsWith('.js') ? [...this.closure(file)] : [file])))
  }

  /** A script with everything that it imports statically: what its first use costs. */
  closure(name: string, seen = new Set<string>()): Set<string> {
    if (seen.has(name)) return seen
    seen.add(name)
    for (const [, other] of this.script(name).matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g))
      if (other) this.closure(other, seen)
    return seen
  }

  /** Its text. */
  script(name: string): string {
    return readFileSync(join(this.#assets, name), 'utf8')
  }

  /** Of files below `_astro`, each in gzip. */
  sum(names: Iterable<string>): number {
    let total = 0
    for (const name of names) {
      const size = this.#sizes.get(name) ?? gzip(readFileSync(join(this.#assets, name)))
      this.#sizes.set(name, size)
      total += size
    }
    return total
  }

  #read(name: string): string {
    return readFileSync(join(this.#out, name), 'utf8')
  }
}

/** What a page says: all that stands between its tags, seen or not, but no attribute, no script and no style. */
const textOf = (page: string): string =>
  page
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/[ \t]+/g, ' ')

function kindOf(name: string): string {
  const [language = '', first, second] = name.split(/[\\/]/).slice(0, -1)
  if (!language || !first) return name.endsWith('404.html') ? 'missing' : 'home'
  if (first === 'drills') return second ? 'drill' : 'drills'
  if (/^\d/.test(first)) return second ? 'lesson' : 'chapter'
  return first
}
