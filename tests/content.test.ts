// Both languages of a lesson are one lesson: the same blocks, headings, links and anchors in the same order. Steps are short
// or meant to be long, guesses are answered, goals and checks are the same, and no text has a phrase of
// content/unwanted.txt.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { errors } from '../content/errors/index.ts'
import { sheet } from '../content/sheet.ts'
import { pageStrings } from '../src/i18n/pages.ts'
import type { Language } from '../src/i18n/strings.ts'
import type { DrillText } from '../src/lesson/drill.ts'
import { checksOf } from '../src/lesson/exercise.ts'
import type { Lesson } from '../src/lesson/lesson.ts'
import { parseTranscript } from '../src/lesson/transcript.ts'
import { consoleStep } from '../src/site/lib/console-step.ts'
import { parseGlossary } from '../src/site/lib/glossary-text.ts'

const root = join(import.meta.dirname, '..')
const languages = ['zh', 'en'] as const
const mostLines = 18

const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const lessons = globSync('content/*/*/lesson.ts', { cwd: root })
  .map(path => path.split(/[\\/]/).slice(0, -1).join('/'))
  .sort()

const withoutFences = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, '')
/** `Console step="undo"`: the elements that a text uses, in order. */
const blocks = (text: string): string[] =>
  [...withoutFences(text).matchAll(/<(\/?[A-Z]\w*)([^>]*?)\/?>/g)].map(
    ([, name, props]) => `${name} ${props?.trim()}`,
  )
const headings = (text: string): string[] =>
  [...withoutFences(text).matchAll(/^(#+) /gm)].map(([, marks]) => marks!)
const links = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!.replace(/^\/(zh|en)\//, '/'))

const unwanted = read('content/unwanted.txt')
  .split('\n')
  .filter(line => line && !line.startsWith('#'))
  .map(line => {
    const [language, pattern = '', reason = ''] = line.split('\t')
    return { language, pattern: new RegExp(pattern, language === 'zh' ? 'gu' : 'giu'), reason }
  })

/** Right where they stand: file, words. */
const right: readonly (readonly [string, string])[] = []

/** The prose alone, a line a paragraph: without fenced blocks, tags and links' targets; a code span is the letter x. */
const prose = (text: string): string =>
  withoutFences(text)
    .replace(/`+[^`]*`+/g, 'x')
    .replace(/<[^>]*>/g, '')
    .replace(/\]\([^)]*\)/g, ']')

const phrases = (path: string, language: string, text = read(path)): string[] =>
  prose(text)
    .split('\n')
    .flatMap(line =>
      unwanted
        .filter(each => each.language === language)
        .flatMap(({ pattern, reason }) => [...line.matchAll(pattern)].map(([hit]) => [hit, reason] as const)),
    )
    .filter(([hit]) => !right.some(([file, words]) => file === path && words === hit))
    .map(([hit, reason]) => `${path}: “${hit}”: ${reason}`)

/** What the pages beside the lessons say, a line a text. */
const beside = (language: Language): string =>
  [
    ...Object.values(errors).flatMap(group =>
      group.flatMap(each => [each.meaning[language], each.cure[language]]),
    ),
    ...sheet.flatMap(({ title, lines }) => [title[language], ...lines.map(({ says }) => says[language])]),
    ...Object.values(pageStrings[language]).flatMap(each =>
      typeof each === 'string' ? [each] : Object.values(each),
    ),
  ].join('\n')

test.each(languages)('the pages beside the lessons have no unwanted phrase in %s', language => {
  expect(phrases('beside', language, beside(language))).toEqual([])
})

test.each(globSync('content/drills/*/text.ts', { cwd: root }).sort())(
  '%s has no unwanted phrase',
  async path => {
    const text = (await import(join(root, path))).default as DrillText
    for (const language of languages) {
      const { title, report, goals, hints, teaches } = text[language]
      const said = [title, report, ...Object.values(goals), ...hints, teaches].join('\n')
      expect(phrases(path, language, said)).toEqual([])
    }
  },
)

test('there are lessons, and phrases that do not belong in them', () => {
  expect(lessons.length).toBeGreaterThan(0)
  expect(unwanted.length).toBeGreaterThan(50)
  expect(prose('一个 `kubectl!` <Term name="x!">词</Term>\n```\n我们\n```')).toBe('一个 x 词\n')
})

test('the glossary says each word once, in both languages', () => {
  const entries = parseGlossary(read('content/glossary.md'))
  expect(entries.length).toBeGreaterThan(100)
  const names = entries.map(each => each.name)
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
})

describe.each(lessons)('%s', folder => {
  const zh = read(`${folder}/zh.mdx`)
  const en = read(`${folder}/en.mdx`)
  const chapter = folder.split('/')[1]!

  test('has the same blocks, headings and links in both languages', () => {
    expect(blocks(en)).toEqual(blocks(zh))
    expect(headings(en)).toEqual(headings(zh))
    expect(links(en)).toEqual(links(zh))
  })

  test('has a word above each column of its tables', () => {
    for (const text of [zh, en])
      for (const [, head = ''] of text.matchAll(/^(\|.*\|)\n\|[ -|]*-+[ -|]*\|$/gm))
        expect(
          head
            .split('|')
            .slice(1, -1)
            .map(each => each.trim()),
          head,
        ).not.toContain('')
  })

  test('shows figures that speak both languages', () => {
    for (const [, name] of zh.matchAll(/<Figure name="([^"]+)"/g)) {
      for (const file of [
        `content/${chapter}/figures/${name}.svg`,
        `content/${chapter}/figures/${name}.portrait.svg`,
      ]) {
        if (file.endsWith('.portrait.svg') && !existsSync(join(root, file))) continue
        const svg = read(file)
        if (file.endsWith('.portrait.svg')) expect(svg, file).toMatch(/viewBox="0 0 360 /)
        for (const part of ['title', 'desc'])
          for (const language of languages)
            expect(svg, `${file}: <${part}> in ${language}`).toMatch(
              new RegExp(`<${part} lang="${language}">\\S`),
            )
        expect(svg, `${file} has colours of its own`).not.toMatch(/(fill|stroke)="(?!none)/)
        for (const [, field] of svg.matchAll(/data-field="([^"]*)"/g))
          expect(['name', 'state', 'note'], `${file}: data-field`).toContain(field)
        // A narrow screen has 360 units for it, and its smallest text 13 of them.
        const [, width] = /viewBox="\S+ \S+ (\S+)/.exec(svg) ?? []
        if (Number(width) > 360 && !file.endsWith('.portrait.svg'))
          expect(existsSync(join(root, `content/${chapter}/figures/${name}.portrait.svg`)), file).toBe(true)
      }
    }
  })

  test('guesses are answered by what they wrap; terms, steps and goals are known', async () => {
    const lesson = (await import(join(root, folder, 'lesson.ts'))).default as Lesson
    const transcript = parseTranscript(read(`examples/${chapter}/${lesson.transcript}`), lesson.transcript)
    const terms = new Set(parseGlossary(read('content/glossary.md')).map(each => each.name))
    for (const [language, text] of [
      ['zh', zh],
      ['en', en],
    ] as const) {
      for (const [, attributes = '', inner = ''] of text.matchAll(
        /<Predict ([^>]*)>([\s\S]*?)<\/Predict>/g,
      )) {
        const [, answer] = /answer="([^"]+)"/.exec(attributes) ?? []
        const after = inner.slice(Math.max(0, inner.lastIndexOf('</Choice>')))
        expect(after, `${attributes} wraps its step`).toMatch(/<Console /)
        expect(
          after.replace(/<[^>]*>/g, '').trim().length,
          `${attributes} wraps what explains the step`,
        ).toBeGreaterThan(language === 'zh' ? 10 : 20)
        if (Number.isNaN(Number(answer))) expect(inner).toContain(`<Choice name="${answer}">`)
      }
      for (const [, name] of text.matchAll(/<Term name="([^"]+)"/g)) expect(terms).toContain(name)
      const exercises = [...text.matchAll(/<Exercise name="([^"]+)"[^>]*>([\s\S]*?)<\/Exercise>/g)]
      expect(exercises.map(([, name]) => name)).toEqual(lesson.exercises.map(each => each.name))
      for (const [i, [, , inner = '']] of exercises.entries())
        expect([...inner.matchAll(/<Goal name="([^"]+)"/g)].map(([, name]) => name)).toEqual(
          Object.keys(checksOf(lesson.exercises[i]!)),
        )
      const page = { language, lesson, transcript }
      for (const [, attributes = ''] of text.matchAll(/<Console ([^>]*?)\/?>/g)) {
        const value = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1]
        const { visible } = consoleStep(page, value('step')!, { mark: value('mark'), fold: value('fold') })
        if (!/\blong\b/.test(attributes.replace(/"[^"]*"/g, '')))
          expect(visible, `lines of <Console ${attributes}>`).toBeLessThanOrEqual(mostLines)
      }
    }
  })

  // Who runs the steps as they are read has all of them as printed.
  test.each(languages)('shows the steps in the order of the transcript in %s', async language => {
    const { transcript } = (await import(join(root, folder, 'lesson.ts'))).default as Lesson
    const { steps } = parseTranscript(read(`examples/${chapter}/${transcript}`), transcript)
    const shown = [...read(`${folder}/${language}.mdx`).matchAll(/<Console step="([^"]+)"/g)]
    const order = shown.map(([, name]) => steps.findIndex(step => step.name === name))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  })

  test.each(languages)('has no unwanted phrase in %s', language => {
    expect(phrases(`${folder}/${language}.mdx`, language)).toEqual([])
  })
})
