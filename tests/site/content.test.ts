// Both languages of a lesson are one lesson: the same steps, files, figures and exercises in the same order; every step
// of the transcript is shown; every figure speaks both languages.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/lib/run.ts'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const lessons = globSync('content/*/*/lesson.ts', { cwd: root })
  .map(path => path.split(/[\\/]/).slice(0, -1).join('/'))
  .sort()

/** `Console step="undo"`: the components that a text uses, in order. */
const blocks = (path: string): string[] =>
  [...read(path).matchAll(/<([A-Z]\w*) ([^>]*?)\/?>/g)].map(([, name, props]) => `${name} ${props?.trim()}`)
const headings = (path: string): string[] =>
  [...read(path).matchAll(/^(#+) /gm)].map(([, marks]) => marks ?? '')

test('there are lessons', () => {
  expect(lessons.length).toBeGreaterThan(0)
})

describe.each(lessons)('%s', lesson => {
  test('has the same blocks and headings in both languages', () => {
    expect(blocks(`${lesson}/en.mdx`)).toEqual(blocks(`${lesson}/zh.mdx`))
    expect(headings(`${lesson}/en.mdx`)).toEqual(headings(`${lesson}/zh.mdx`))
  })

  test('shows figures that speak both languages', () => {
    const chapter = lesson.split('/').slice(0, -1).join('/')
    for (const block of blocks(`${lesson}/zh.mdx`)) {
      const [, name] = /^Figure name="([^"]+)"/.exec(block) ?? []
      if (!name) continue
      const file = `${chapter}/figures/${name}.svg`
      expect(existsSync(join(root, file)), file).toBe(true)
      const svg = read(file)
      for (const part of ['title', 'desc'])
        for (const language of ['zh', 'en'])
          expect(svg, `${file}: <${part}> in ${language}`).toMatch(
            new RegExp(`<${part} lang="${language}">\\S`),
          )
      expect(svg, `${file} has colours of its own`).not.toMatch(/(fill|stroke)="(?!none)/)
    }
  })
})
