// The index of errors: each message is what its commands bring about, and what the lessons print is in it.
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { errors } from '../content/errors/index.ts'
import { languages } from '../src/i18n/strings.ts'
import { type KnownError, waited } from '../src/lesson/known-error.ts'
import { type Lesson, lessonWorld } from '../src/lesson/lesson.ts'
import { likeness, wordsOf } from '../src/lesson/likeness.ts'
import { findKnown } from '../src/lesson/tutor/known.ts'

const root = join(import.meta.dirname, '..')
const all = Object.values(errors).flat()
/** States stand in tables and events, where no command fails. */
const said = errors.status

async function worldOf(id: string) {
  const lesson: Lesson = (await import(join(root, 'content', id, 'lesson.ts'))).default
  const folder = join(root, 'examples', dirname(id))
  const files = Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter(each => each.isFile())
      .map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
  return lessonWorld(lesson, files)
}

/** Commands that a cure names, as they can be typed. */
const commandsOf = ({ cure }: KnownError): string[] =>
  [...cure.zh.matchAll(/`((?:kubectl|docker|ssh) [^ `…]+ [^`…]+)`/g)].map(([, command]) => command!)

test.each(all)('$name: typing its lines ends in its text, and its cure can be typed', async each => {
  const { lesson, lines, text, cure } = each
  const world = await worldOf(lesson)
  let printed = ''
  const terminal = world.terminal(1)
  terminal.onOutput = output => {
    printed += output
  }
  world.type(1, lines.join('\n'))
  world.advance(waited(lines))
  expect(printed).toContain(text)
  // The tutor, asked in the terminal, knows which of them it is.
  const output = printed.slice(-8000)
  if (!said.includes(each)) expect(findKnown(output, all)?.name).toBe(each.name)
  for (const language of languages)
    for (const [, code] of cure[language].matchAll(/`((?:kubectl|docker|ssh) [^`…]+)`/g))
      expect(cure.zh).toContain(code)
  for (const command of commandsOf(each)) {
    printed = ''
    world.type(1, command)
    world.advance(5000)
    expect(printed, command).not.toMatch(
      /unknown (command|flag|shorthand)|command not found|must specify|is not a docker command/,
    )
    world.interrupt(1)
    world.advance(100)
  }
})

test('names are addresses, and each is there once', () => {
  const names = all.map(each => each.name)
  expect(names).toEqual([...new Set(names)])
  for (const name of names) expect(name).toMatch(/^[a-z0-9-]+$/)
})

test('a message is found by its words, whatever names and numbers it bears', () => {
  const best = (pasted: string) =>
    all.toSorted((a, b) => likeness(pasted, b.text) - likeness(pasted, a.text))[0]?.name
  expect(best('Error from server (NotFound): pods "shop-7c4f-x" not found')).toBe('not-found')
  expect(best('error: unable to find specified revision 12 in history')).toBe('no-revision')
  expect(best('pod/shop 0/1 ImagePullBackOff 0 3m')).toBe('image-pull-back-off')
  expect(likeness('', 'x')).toBe(0)
  expect(wordsOf(`"a" b 'c' error: 12 errors`)).toEqual(['error', 'errors'])
})

/** Lines of the lessons' outputs that say that a command failed. */
const failures = globSync('examples/*/*.console', { cwd: root }).flatMap(path =>
  readFileSync(join(root, path), 'utf8')
    .split('\n')
    .filter(line =>
      /^(error: |Error from server|The \S+ "[^"]*" is invalid: |curl: |wget: |docker: |ERROR: )/.test(line),
    ),
)

test.each([...new Set(failures)])('the index knows %s', line => {
  const like = Math.max(...all.map(each => likeness(line.slice(0, 300), each.text)))
  expect(like).toBeGreaterThanOrEqual(0.5)
})
