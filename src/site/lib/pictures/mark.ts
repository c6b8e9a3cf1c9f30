// The project's mark (public/favicon.svg) as others want it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** With its round corners, on nothing. */
export const mark = (): string => readFileSync(join(process.cwd(), 'public/favicon.svg'), 'utf8')

/** Without its frame: to be put into another drawing, 32 units wide. */
export const bareMark = (): string => mark().replace(/<\/?svg[^>]*>|<title>.*?<\/title>|<rect[^>]*>/g, '')

/** Up to the edges, with room for whatever shape a system cuts out of it (its inner 80 % stays). */
export const fullMark = (): string =>
  mark()
    .replace('viewBox="0 0 32 32"', 'viewBox="-3 -3 38 38"')
    .replace(/<rect width="32" height="32" rx="8"/, '<rect x="-3" y="-3" width="38" height="38"')
