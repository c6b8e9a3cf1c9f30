// A lesson as Markdown, for who reads without a browser: its text, its manifests, and its commands with what they printed when
// they were verified. What can only be pressed is left out.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fill, strings } from '../../../i18n/strings.ts'
import { consoleStep } from '../console-step.ts'
import { textOf } from '../figure.ts'
import { type LessonPage, readExample } from '../lessons.ts'
import { findLesson } from '../outline.ts'
import { absolute, href } from '../paths.ts'
import { solutionText } from '../solution.ts'
import { fenced, markdownAddress, markdownPage } from './page.ts'
import { type MarkdownElement, type MarkdownNode, parseMarkdown } from './parse.ts'

/** Stands apart from what is before and after it. */
const block = (...parts: readonly string[]): string => `\n\n${parts.filter(Boolean).join('\n\n')}\n\n`

const quoted = (text: string): string =>
  text
    .trim()
    .replace(/^(?=.)/gm, '> ')
    .replace(/^$/gm, '>')

function consoleText(page: LessonPage, { attributes, children }: MarkdownElement, text: Render): string {
  const t = strings[page.language]
  const parts: string[] = []
  let printed = ''
  const close = () => {
    if (printed) parts.push(fenced(printed, 'console'))
    printed = ''
  }
  for (const item of consoleStep(page, attributes.step ?? '', attributes).items) {
    if (item.type === 'command') {
      if (item.terminal !== undefined) {
        close()
        parts.push(`*${fill(t.inTerminal, { n: item.terminal })}*`)
      }
      const lines = [...item.lines, ...item.output.flatMap(group => group.lines)]
      printed += `$ ${lines.map(each => each.text).join('\n')}\n`
    } else {
      close()
      parts.push(`*${item.text}*`)
      if (item.type === 'file') parts.push(fenced(item.content, ''))
    }
  }
  close()
  const notes = children.flatMap(each =>
    typeof each === 'string' ? [] : [`- ${text(each.children).trim()}`],
  )
  return block(...parts, notes.join('\n'))
}

function exerciseText(page: LessonPage, { attributes, children }: MarkdownElement, text: Render): string {
  const t = strings[page.language]
  const exercise = page.lesson.exercises.find(each => each.name === attributes.name)
  if (!exercise) throw new Error(`${page.id}: lesson.ts has no exercise ${attributes.name}`)
  const kind = exercise.kind && { repeat: t.kindRepeat, vary: t.kindVary, fix: t.kindFix }[exercise.kind]
  const named = (name: string) =>
    children.flatMap(each =>
      typeof each !== 'string' && each.name === name ? [text(each.children).trim()] : [],
    )
  const goal = children.filter(each => typeof each === 'string' || !/^(?:Goal|Hint)$/.test(each.name))
  return block(
    `### ${kind ?? t.exercise}`,
    text(goal).trim(),
    named('Goal')
      .map(each => `- [ ] ${each}`)
      .join('\n'),
    ...named('Hint').map((each, i) => `${i ? t.exerciseAnotherHint : t.exerciseHint}: ${each}`),
    `${t.exerciseSolution}:`,
    fenced(solutionText(exercise, page.language), 'sh'),
  )
}

function headText(page: LessonPage, inner: string): string {
  const t = strings[page.language]
  const { minutes, level, needs = [] } = page.lesson
  const facts = [
    minutes && `${t.timeNeeded}: ${fill(t.minutes, { n: minutes })}`,
    level && `${t.level}: ${fill(t.levelOf, { n: level })}`,
    needs.length && `${t.needs}: ${needs.map(each => see(page, each)).join(', ')}`,
    `${t.verified}: ${fill(t.verifiedSteps, { n: page.transcript.steps.length })}`,
  ]
  return block(`**${t.goals}**`, inner.trim(), facts.filter(Boolean).join(' · '))
}

function see(page: LessonPage, number: string): string {
  const { title, path } = findLesson(page.language, number)
  const name = fill(strings[page.language].lessonNamed, { n: number, title })
  return path ? `[${name}](${markdownAddress(path)})` : name
}

function figureText(page: LessonPage, name: string): string {
  const svg = readFileSync(join(process.cwd(), 'content', page.chapter.id, 'figures', `${name}.svg`), 'utf8')
  return block(`> **${textOf(svg, 'title', page.language)}** ${textOf(svg, 'desc', page.language)}`)
}

function from(page: LessonPage, { step, match }: Readonly<Record<string, string>>): string {
  const commands = page.transcript.steps.find(each => each.name === step)?.commands ?? []
  const found = new RegExp(match ?? '', 'm').exec(commands.map(each => each.output).join(''))
  if (!found) throw new Error(`${page.id}: nothing in the step ${step} matches ${match}`)
  return found[1] ?? found[0]
}

type Render = (nodes: readonly MarkdownNode[]) => string

/** What each element of a text becomes; one that is new has to be named here. */
function elementText(page: LessonPage, element: MarkdownElement, text: Render): string {
  const t = strings[page.language]
  const { attributes, name } = element
  const inner = () => text(element.children)
  switch (name) {
    case 'Head':
      return headText(page, inner())
    case 'Console':
      return consoleText(page, element, text)
    case 'Manifest': {
      const file = attributes.file ?? ''
      const path = `/examples/${page.chapter.id}/${file}`
      const language = /\.ya?ml$/.test(file) ? 'yaml' : ''
      return block(
        `[${file}](${absolute(path) ?? href(path)})`,
        fenced(readExample(page.chapter.id, file), language),
      )
    }
    case 'Predict':
      return block(`**${t.predict}**`, inner())
    case 'Choice':
      return `- ${inner().trim()}`
    case 'Exercise':
      return exerciseText(page, element, text)
    case 'Check':
      return block(`## ${t.checkYourself}`, inner())
    case 'Question':
      return block(`**${inner().trim()}**`)
    case 'Answer':
      return block(inner().trim())
    case 'Card':
      return block(`## ${t.takeAway}`, inner())
    case 'Fix':
      return block(quoted(block(`**${t.correction}**`, inner().trim())))
    case 'RealCluster':
      return block(quoted(block(`**${t.realCluster}**`, inner().trim())))
    case 'Figure':
      return figureText(page, attributes.name ?? '')
    case 'From':
      return from(page, attributes)
    case 'See':
      return see(page, attributes.lesson ?? '')
    case 'Term':
    case 'Fault':
    case 'Time':
      return inner()
    case 'Why':
      return ''
  }
  throw new Error(`${page.id}: <${name}> has no form in Markdown`)
}

export function lessonMarkdown(page: LessonPage): string {
  const text: Render = nodes =>
    nodes.map(each => (typeof each === 'string' ? each : elementText(page, each, text))).join('')
  const body = text(parseMarkdown(page.source.replace(/^# /m, `# ${page.number} `)))
  return markdownPage(page, body)
}
