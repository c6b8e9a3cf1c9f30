import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { highlight } from '../lib/highlight.ts'
import { colourYaml } from './yaml-colours.ts'

const root = join(import.meta.dirname, '../../..')
const files = globSync('examples/*/*.{yaml,yml}', { cwd: root })

const plain = (html: string): string =>
  html
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')

/** The class of each letter that is not a blank. */
function classes(html: string): string {
  let open = '-'
  let found = ''
  for (const [whole, tag, name] of html.matchAll(/<(\/?\w+)(?: class="(\w+)")?>|&\w+;|\S|\s/g)) {
    if (tag === 'b') open = name!
    else if (tag === '/b') open = '-'
    else if (!tag && whole.trim()) found += open
  }
  return found
}

describe('colours of manifests', () => {
  it('leave every byte of every example as it is', () => {
    for (const file of files) {
      const text = readFileSync(join(root, file), 'utf8')
      expect(plain(colourYaml(text)), file).toBe(text)
    }
  })

  it('are those of the lessons, letter by letter but for one in a hundred', () => {
    let [all, other] = [0, 0]
    for (const file of files) {
      const text = readFileSync(join(root, file), 'utf8')
      const [mine, theirs] = [classes(colourYaml(text)), classes(highlight(text, 'yaml'))]
      expect(mine.length, file).toBe(theirs.length)
      all += mine.length
      other += [...mine].filter((each, index) => each !== theirs[index]).length
    }
    expect(other / all).toBeLessThan(0.01)
  })

  it('tell a key, a number, a comment, a list in brackets and a block of text apart', () => {
    expect(colourYaml('spec: # why\n')).toBe(
      '<span class="l"><b class="k">spec</b><b class="p">:</b> <b class="c"># why</b>\n</span>',
    )
    expect(classes(colourYaml('a: {b: 1, c: "x"}\n'))).toBe('kp-kpn-kpsss-')
    expect(classes(colourYaml('- |\n  k: v\nend: no\n'))).toBe('p-ssskkkpss')
  })
})
