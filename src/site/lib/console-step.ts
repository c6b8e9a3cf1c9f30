// A step of a transcript as <Console> shows it: commands, what they print line by line, and what happens between them.
import { fill, type Language, strings } from '../../i18n/strings.ts'
import type { Act } from '../../lesson/act-text.ts'
import type { Directive, Transcript } from '../../lesson/transcript.ts'

export interface PrintedLine {
  readonly text: string
  /** Its number among the printed lines of the step, from 1: commands count, directives and blank lines do not. */
  readonly number?: number
}

/** Lines that stand together; `folded` ones are shown on demand. */
export interface LineGroup {
  readonly folded: boolean
  readonly lines: readonly PrintedLine[]
}

export type ConsoleItem =
  /** Time that passes, something that breaks. */
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'file'; readonly text: string; readonly content: string }
  | {
      readonly type: 'command'
      readonly lines: readonly PrintedLine[]
      readonly output: readonly LineGroup[]
      /** Said where it differs from the command before. */
      readonly terminal?: number
    }

export interface ConsoleStep {
  /** How many commands of the lesson come before. */
  readonly from: number
  readonly items: readonly ConsoleItem[]
  readonly marked: ReadonlySet<number>
  /** Printed lines that are seen before anything is unfolded. */
  readonly visible: number
}

const duration = (ms: number): string => {
  const parts = [
    [Math.floor(ms / 3_600_000), 'h'],
    [Math.floor(ms / 60_000) % 60, 'min'],
    [(ms % 60_000) / 1000, 's'],
  ] as const
  return (
    parts
      .filter(([n]) => n)
      .map(([n, unit]) => `${n} ${unit}`)
      .join(' ') || '0 s'
  )
}

/** What is broken, in words. */
export function faultWords(fault: { readonly type: string }, language: Language): string {
  const text = strings[language].faults[fault.type] ?? fault.type
  return fill(text, fault as never)
}

function actWords(act: Act, language: Language): string {
  const t = strings[language]
  switch (act.type) {
    case 'fault':
      return fill(t.actFault, { fault: faultWords(act.fault, language) })
    case 'repair':
      return fill(t.actRepair, { fault: faultWords(act.fault, language) })
    case 'add-node':
      return t.actAddNode
    case 'load-balancer':
      return act.on ? t.actLoadBalancerOn : t.actLoadBalancerOff
    case 'metrics':
      return act.on ? t.actMetricsOn : t.actMetricsOff
    case 'any-image':
      return act.on ? t.actAnyImageOn : t.actAnyImageOff
    case 'load':
      return fill(t.actLoad, { pod: act.load.pod })
  }
}

function directive(each: Directive, language: Language): ConsoleItem[] {
  const t = strings[language]
  switch (each.type) {
    case 'wait':
      return [{ type: 'note', text: fill(t.timePasses, { time: duration(each.ms) }) }]
    case 'act':
      return [{ type: 'note', text: actWords(each.act, language) }]
    case 'write':
      return [{ type: 'file', text: fill(t.fileWritten, { file: each.file }), content: each.text }]
    case 'until':
      return []
  }
}

/** `3,5-7,/Pending/` → the numbers of these lines, and of those that match. */
export function parseMarks(spec: string | undefined, lines: readonly PrintedLine[]): Set<number> {
  const marked = new Set<number>()
  for (const [part, pattern, from, to] of (spec ?? '').matchAll(/\/((?:[^/\\]|\\.)+)\/|(\d+)(?:-(\d+))?/g)) {
    const hits =
      pattern === undefined
        ? lines.filter(({ number = 0 }) => number >= Number(from) && number <= Number(to ?? from))
        : lines.filter(({ text, number }) => number && new RegExp(pattern).test(text))
    if (hits.length === 0) throw new Error(`no printed line for the mark ${part}`)
    for (const { number } of hits) marked.add(number!)
  }
  return marked
}

/** So many lines between the first and the last of a repeated wait make it worth folding. */
const worthFolding = 3

const repeats = (a: string, b: string): boolean =>
  a !== '' && (a === b || (a.startsWith('Waiting for ') && b.startsWith('Waiting for ')))

/** Lines in groups: what is named in `fold`, and repeated waits between their first and last line, are folded. */
function grouped(
  lines: readonly PrintedLine[],
  fold: ReadonlySet<number>,
  marked: ReadonlySet<number>,
): LineGroup[] {
  const folded = lines.map(({ number }) => number !== undefined && fold.has(number))
  for (let from = 0, to = 0; from < lines.length; from = to + 1) {
    for (to = from; to + 1 < lines.length && repeats(lines[from]!.text, lines[to + 1]!.text); ) to++
    const inner = lines.slice(from + 1, to)
    if (inner.length >= worthFolding && !inner.some(({ number }) => number && marked.has(number)))
      folded.fill(true, from + 1, to)
  }
  const groups: { folded: boolean; lines: PrintedLine[] }[] = []
  for (const [i, line] of lines.entries()) {
    if (groups.at(-1)?.folded !== folded[i]) groups.push({ folded: folded[i]!, lines: [] })
    groups.at(-1)!.lines.push(line)
  }
  return groups
}

/** Of a lesson's page: what its steps need. */
export interface StepPage {
  readonly language: Language
  readonly lesson: { readonly transcript: string }
  readonly transcript: Transcript
}

export interface StepOptions {
  /** Lines to mark and to fold: `3,5-7,/Pending/`. */
  readonly mark?: string | undefined
  readonly fold?: string | undefined
}

export function consoleStep(page: StepPage, name: string, { mark, fold }: StepOptions = {}): ConsoleStep {
  const { steps } = page.transcript
  const at = steps.findIndex(each => each.name === name)
  const step = steps[at]
  if (!step) throw new Error(`${page.lesson.transcript} has no step ${name}`)
  const from = steps.slice(0, at).reduce((sum, each) => sum + each.commands.length, 0)
  let number = 0
  const count = (text: string): PrintedLine => (text.trim() ? { text, number: ++number } : { text })
  const counted = step.commands.map(command => ({
    command,
    lines: command.text.split('\n').map(count),
    printed: command.output === '' ? [] : command.output.replace(/\n$/, '').split('\n').map(count),
  }))
  const all = counted.flatMap(({ lines, printed }) => [...lines, ...printed])
  const marked = parseMarks(mark, all)
  const folded = parseMarks(fold, all)
  const items: ConsoleItem[] = []
  let terminal = 1
  for (const { command, lines, printed } of counted) {
    for (const each of command.before) items.push(...directive(each, page.language))
    items.push({
      type: 'command',
      lines,
      output: grouped(printed, folded, marked),
      ...(command.terminal !== terminal && { terminal: command.terminal }),
    })
    terminal = command.terminal
  }
  const hidden = items
    .flatMap(each => (each.type === 'command' ? each.output : []))
    .filter(each => each.folded)
    .reduce((sum, { lines }) => sum + lines.filter(line => line.number).length - 1, 0)
  return { from, items, marked, visible: number - hidden }
}
