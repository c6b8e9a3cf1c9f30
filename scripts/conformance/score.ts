// Counts, by area, what matched; finds the misses. The areas are those that compare.mjs prints.
import {
  type Answer,
  answerLevel,
  fixedIn,
  mask,
  type Output,
  type RecordedStep,
  stepMatches,
  yamlLevel,
} from '../../src/lesson/mask.ts'
import type { Case, CorpusLine } from './cases.ts'
import { eventTimeDifferences, showsEvents } from './event-times.ts'
import type { Result } from './run.ts'

/** What was seen of a step, or of a line of the corpus. */
type Actual = Output & Partial<Answer>

export type Score = Record<string, { matched: number; total: number }>

/** What matched by area, under each seed in turn; the corpora run under one seed alone. */
export type Figures = Record<string, { matched: number[]; total: number }>

export const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length

/** Scores of several seeds, by area. */
export function together(scores: readonly Score[]): Figures {
  const figures: Figures = {}
  for (const score of scores)
    for (const [area, { matched, total }] of Object.entries(score))
      (figures[area] ??= { matched: [], total }).matched.push(matched)
  return figures
}

export interface Miss {
  /** `kubectl/get/pods step 3` or `corpus/create line 17`. */
  readonly where: string
  readonly what: string
  readonly expected: string
  readonly actual: string
}

/** The area of what the masks leave out of events: steps that match, and whose events came as often and when the recorded did. */
const eventTimes = 'times of events'

export function score(cases: readonly Case[], corpus: readonly CorpusLine[], results: readonly Result[]) {
  const outputs = new Map<string, Actual>()
  for (const result of results) {
    if ('case' in result) outputs.set(`${result.case}#${result.step}`, result)
    else if ('corpus' in result) outputs.set(`${result.corpus}@${result.line}`, result)
  }
  const areas: Score = {}
  const misses: Miss[] = []
  const count = (area: string, matched: boolean) => {
    const each = (areas[area] ??= { matched: 0, total: 0 })
    each.total++
    if (matched) each.matched++
  }

  for (const each of cases) {
    const fixed = fixedIn(each)
    const [area, part] = each.name.split('/')
    each.steps.forEach((step, i) => {
      if (step.run === undefined || step.exit === undefined || step.unstable || step.tty) return
      const actual = outputs.get(`${each.name}#${i}`)
      const matched = stepMatches(step as RecordedStep, actual, fixed)
      count(area!, matched)
      count(`${area}/${part}`, matched)
      const differences = showsEvents(step.stdout)
        ? eventTimeDifferences(step.stdout!, actual?.stdout ?? '', each => mask(each, fixed))
        : undefined
      if (differences) count(eventTimes, matched && differences.length === 0)
      if (matched && differences?.length)
        misses.push({
          where: `${each.name} step ${i}, ${eventTimes}`,
          what: step.run,
          expected: differences.join('\n'),
          actual: '',
        })
      if (matched) return
      const text = (o: Output | undefined) =>
        o ? `${mask(o.stdout, fixed)}\n${mask(o.stderr, fixed)}\nexit ${o.exit}` : 'not run'
      misses.push({
        where: `${each.name} step ${i}`,
        what: step.run,
        expected: text(step),
        actual: text(actual),
      })
    })
  }

  for (const { corpus: name, line, entry } of corpus) {
    const actual = outputs.get(`${name}@${line}`)
    const yaml = name === 'yaml'
    const level = yaml
      ? yamlLevel(entry, actual)
      : answerLevel(entry.answer, actual as Answer | undefined, Boolean(entry.base))
    count(`corpus/${name} ${yaml ? 'exit code' : 'accepted/refused'}`, level >= 1)
    count(`corpus/${name} ${yaml ? 'line' : 'code and reason'}`, level >= 2)
    count(`corpus/${name}`, level === 3)
    if (level === 3) continue
    const text = (o: Actual | undefined) =>
      !o
        ? 'not run'
        : yaml
          ? `${mask(o.stdout)}${mask(o.stderr)}\nexit ${o.exit}`
          : `${o.code} ${o.body?.message ?? JSON.stringify(o.body)}`
    const what = yaml ? `manifest.yaml (${entry.damage})` : `${entry.method} ${entry.path}`
    const where = `corpus/${name} line ${line}`
    misses.push({ where, what, expected: text(yaml ? entry : entry.answer), actual: text(actual) })
  }
  return { areas, misses }
}
