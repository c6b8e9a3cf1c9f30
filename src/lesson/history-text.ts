// A history as text: JSON without names and without what repeats itself, so that a session of forty commands, compressed,
// fits into an address. Whatever the text holds, reading it ends in a history or in a HistoryError.
//
//   [header, deeds, branch, elapsed, running, branches]
//
// `deeds`: 3 is three commands of the lesson in a row, -2 leads back to behind the second deed (0: to the start), and
// an array is one input: its letter, the time since the input before it, its parts. A saved file is told as what it
// replaces of the file before: [letter, time, name, kept at the start, kept at the end, text between]. `running` are
// the ids of deeds that had not ended, `branches` what is known of those that were left, or that have a name: the id of
// the last deed, how far one lived there, the name; left out where there are none.
import { type Deed, format, type Header, History } from './history.ts'
import type { Input } from './input.ts'

export class HistoryError extends Error {
  /** The header, where at least that could be read. */
  readonly header: Header | undefined
  constructor(message: string, header?: Header) {
    super(message)
    this.header = header
  }
}

type Files = Readonly<Record<string, string>>

/** No input lies further behind the one before it: more time than anybody lets pass. */
const longestPause = 30 * 24 * 3600_000
/** Characters of what a branch is called. */
export const longestName = 60
/** The page has so many of them. */
const mostTerminals = 4
/** More than anybody does; a text that claims more is no history. */
const mostDeeds = 20_000

/** The time of the latest deed before that has one: times only grow along a branch. */
function timeBefore(deed: Deed | undefined): number {
  for (let each = deed; each; each = each.before) if (each.input.at > 0) return each.input.at
  return 0
}

/** What was saved under a name before a deed. */
function textBefore(deed: Deed | undefined, file: string, files: Files): string {
  for (let each = deed; each; each = each.before)
    if (each.input.type === 'write' && each.input.file === file) return each.input.text
  return Object.hasOwn(files, file) ? files[file]! : ''
}

// ---- writing

export function writeHistory(history: History, files: Files): string {
  const deeds: unknown[] = []
  let nexts = 0
  const endRow = () => {
    if (nexts) deeds.push(nexts)
    nexts = 0
  }
  let last: Deed | undefined
  for (const deed of history.deeds) {
    const { input, before } = deed
    if (before !== last) {
      endRow()
      deeds.push(before ? -before.id : 0)
    }
    last = deed
    if (input.type === 'next' && input.at === 0) nexts++
    else {
      endRow()
      deeds.push(told(deed, files))
    }
  }
  endRow()
  const running = history.deeds.filter(each => !each.ended).map(each => each.id)
  const { deed: at, elapsed } = history.present ?? { deed: history.at, elapsed: history.elapsed }
  const branches = [...new Set([...history.ends.keys(), ...history.names.keys()])].map(deed => {
    const name = history.names.get(deed)
    return [deed.id, Math.floor(history.ends.get(deed) ?? 0), ...(name === undefined ? [] : [name])]
  })
  return JSON.stringify([
    history.header,
    deeds,
    at?.id ?? 0,
    Math.floor(elapsed),
    running,
    ...(branches.length ? [branches] : []),
  ])
}

function told({ input, before }: Deed, files: Files): unknown[] {
  const time = Math.max(0, input.at - timeBefore(before))
  switch (input.type) {
    case 'next':
      return ['n', time]
    case 'input':
      return ['i', time, input.terminal, input.text]
    case 'interrupt':
      return ['c', time, input.terminal]
    case 'end-of-input':
      return ['d', time, input.terminal]
    case 'write':
      return ['w', time, input.file, ...change(textBefore(before, input.file, files), input.text)]
    case 'edited':
      return ['e', time, input.file, ...(input.text === undefined ? [] : [input.text])]
    case 'fault':
      return ['f', time, input.fault]
    case 'repair':
      return ['r', time, input.fault]
    case 'add-node':
      return ['a', time]
    case 'load-balancer':
      return ['b', time, input.on ? 1 : 0]
    case 'metrics':
      return ['m', time, input.on ? 1 : 0]
    case 'any-image':
      return ['p', time, input.on ? 1 : 0]
    case 'load':
      return ['l', time, input.load]
  }
}

/** How a text becomes another: characters kept at the start and at the end, and what stands between. */
function change(from: string, to: string): [start: number, end: number, text: string] {
  const most = Math.min(from.length, to.length)
  let start = 0
  while (start < most && from[start] === to[start]) start++
  let end = 0
  while (end < most - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end++
  return [start, end, to.slice(start, to.length - end)]
}

// ---- reading

/** The header of a stored history, also of one in a format that is not known here. */
export function readHeader(text: string): Header {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new HistoryError('this is no JSON')
  }
  const header = Array.isArray(value) ? value[0] : undefined
  if (!isRecord(header) || typeof header.format !== 'number' || typeof header.lesson !== 'string')
    throw new HistoryError('this is no history')
  return header as unknown as Header
}

/** `files`: those that the world began with. */
export function readHistory(text: string, files: Files): History {
  const header = readHeader(text)
  const fail = (message: string): never => {
    throw new HistoryError(message, header)
  }
  if (header.format !== format) fail(`the format ${header.format} is not known here`)
  const [, deeds, branch, elapsed, running, branches] = JSON.parse(text) as unknown[]
  const history = new History(header)
  const deedOf = (id: unknown): Deed | undefined =>
    id === 0 ? undefined : (typeof id === 'number' && history.deeds[id - 1]) || fail(`there is no deed ${id}`)
  if (!Array.isArray(deeds)) return fail('it has no deeds')
  for (const each of deeds) {
    const more = typeof each === 'number' ? Math.max(1, each) : 1
    if (history.deeds.length + more > mostDeeds) fail('it has too many deeds')
    if (typeof each === 'number' && each > 0)
      for (let i = 0; i < each; i++) history.add({ at: 0, type: 'next' })
    else if (typeof each === 'number') history.at = deedOf(each === 0 ? 0 : -each)
    else if (Array.isArray(each)) history.add(heard(each, history.at, files) ?? fail('an input is no input'))
    else fail('a deed is no deed')
  }
  history.at = deedOf(branch)
  if (!isTime(elapsed)) return fail('it has no time')
  history.elapsed = elapsed
  if (Array.isArray(running))
    for (const id of running) {
      const deed = deedOf(id)
      if (deed) deed.ended = false
    }
  if (Array.isArray(branches))
    for (const [id, end, name] of branches.filter(Array.isArray)) {
      const deed = deedOf(id)
      if (!deed) continue
      if (isTime(end) && end > 0) history.ends.set(deed, end)
      if (isText(name)) history.names.set(deed, name.slice(0, longestName))
    }
  return history
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isTime = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= 1000 * longestPause
const isTerminal = (value: unknown): value is number => isCount(value) && value >= 1 && value <= mostTerminals
const isText = (value: unknown): value is string => typeof value === 'string'
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0

function heard(told: readonly unknown[], before: Deed | undefined, files: Files): Input | undefined {
  const [letter, time, a, b, c, d] = told
  if (!isTime(time) || time > longestPause) return undefined
  const at = timeBefore(before) + time
  switch (letter) {
    case 'n':
      return { at, type: 'next' }
    case 'i':
      return isTerminal(a) && isText(b) ? { at, type: 'input', terminal: a, text: b } : undefined
    case 'c':
      return isTerminal(a) ? { at, type: 'interrupt', terminal: a } : undefined
    case 'd':
      return isTerminal(a) ? { at, type: 'end-of-input', terminal: a } : undefined
    case 'w': {
      if (!isText(a) || !isCount(b) || !isCount(c) || !isText(d)) return undefined
      const old = textBefore(before, a, files)
      if (b + c > old.length) return undefined
      return { at, type: 'write', file: a, text: old.slice(0, b) + d + old.slice(old.length - c) }
    }
    case 'e':
      if (!isText(a)) return undefined
      return { at, type: 'edited', file: a, ...(isText(b) && { text: b }) }
    case 'f':
    case 'r':
      if (!isRecord(a) || !isText(a.type)) return undefined
      return { at, type: letter === 'f' ? 'fault' : 'repair', fault: a as never }
    case 'a':
      return { at, type: 'add-node' }
    case 'b':
      return { at, type: 'load-balancer', on: a === 1 }
    case 'm':
      return { at, type: 'metrics', on: a === 1 }
    case 'p':
      return { at, type: 'any-image', on: a === 1 }
    case 'l':
      return isRecord(a) && isText(a.pod) && isTime(a.cpu)
        ? { at, type: 'load', load: a as never }
        : undefined
    default:
      return undefined
  }
}
