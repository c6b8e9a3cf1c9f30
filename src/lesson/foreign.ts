// A history that somebody else wrote: it came by a link or as a file. It is read within bounds that nobody's own work comes
// near, and summed up, before anything of it happens.
import { ActError, readAct, readFault } from './act-text.ts'
import type { Deed, History } from './history.ts'
import { HistoryError, readHeader, readHistory } from './history-text.ts'
import type { Input } from './input.ts'
import { type PlayOptions, playOptionsOf } from './playground.ts'

/** Why a foreign history is not taken: it is none, it holds too much, it asks for too much time. */
export type RefusalReason = 'spoilt' | 'long' | 'time'

export class Refusal extends Error {
  readonly reason: RefusalReason
  constructor(reason: RefusalReason, message: string) {
    super(message)
    this.reason = reason
  }
}

export interface Summary {
  /** Lesson (`04-deployment/04-roll-back`), exercise of one, or the playground. */
  readonly place: string
  readonly version: string
  readonly seed: number
  /** What the playground was made with. */
  readonly play?: PlayOptions
  /** Lines that were typed and commands of the lesson, on the way to where it ends. */
  readonly commands: number
  /** Files that were saved on that way. */
  readonly files: readonly string[]
  /** What else was done there: something broken or repaired, a node added. */
  readonly acts: number
  /** Ways that can be taken through it; 1 where nobody went back. */
  readonly paths: number
  /** Virtual ms at its end. */
  readonly elapsed: number
}

const hour = 3_600_000
/** Characters of the whole text, of one line, of a name. */
export const mostText = 512_000
const mostLine = 64_000
const mostName = 200
const mostDeeds = 5000
/** Each could be as long as the whole text. */
const mostWrites = 500
const mostNewNodes = 20
const longestPause = 24 * hour
const longest = 72 * hour
const mostNumber = 1e13

/** Throws a Refusal. `files`: those that its world begins with. */
export function readForeign(text: string, files: Readonly<Record<string, string>>): History {
  if (text.length > mostText) throw new Refusal('long', `${text.length} characters`)
  try {
    readHeader(text)
    const [, deeds] = JSON.parse(text) as unknown[]
    if (Array.isArray(deeds)) {
      const writes = deeds.filter(each => Array.isArray(each) && each[0] === 'w').length
      if (writes > mostWrites) throw new Refusal('long', `${writes} files are saved`)
    }
    const history = readHistory(text, files)
    check(history)
    return history
  } catch (error) {
    if (error instanceof HistoryError) throw new Refusal('spoilt', error.message)
    throw error
  }
}

function check({ deeds, elapsed, at, header, ends }: History): void {
  if (deeds.length > mostDeeds) throw new Refusal('long', `${deeds.length} inputs`)
  if (deeds.filter(each => each.input.type === 'add-node').length > mostNewNodes)
    throw new Refusal('long', 'too many nodes')
  for (const { input, before } of deeds) {
    if (!isSound(input)) throw new Refusal('spoilt', `${input.type} is not as it should be`)
    // What comes of a lesson's commands has its own time.
    const since = input.at - (before?.input.at ?? 0)
    if (input.at > longest || since > longestPause) throw new Refusal('time', `input at ${input.at}`)
  }
  for (const end of ends.values()) if (end > longest) throw new Refusal('time', `a way ends at ${end}`)
  if (elapsed > longest || elapsed - (at?.input.at ?? 0) > longestPause)
    throw new Refusal('time', `it ends at ${elapsed}`)
  for (const each of [header.version, header.content])
    if (typeof each !== 'string' || each.length > mostName) throw new Refusal('spoilt', 'the header is none')
}

/** Whether an input is one that the page itself could have sent. */
function isSound(input: Input): boolean {
  switch (input.type) {
    case 'input':
      return input.text.length <= mostLine
    case 'write':
    case 'edited':
      return isFileName(input.file)
    case 'fault':
    case 'repair':
      return isAct(() => {
        const { type, ...values } = input.fault
        return readFault(type, asTexts(values))
      }, input.fault)
    case 'load':
      return isAct(() => {
        const values = Object.entries(asTexts(input.load)).map(([name, value]) => `${name}=${value}`)
        const act = readAct('load', values.join(' '))
        return act?.type === 'load' ? act.load : undefined
      }, input.load)
    default:
      return true
  }
}

const isFileName = (name: string): boolean =>
  name.length > 0 &&
  name.length <= mostName &&
  !/[\u0000-\u001f\u007f]/.test(name) &&
  name.split('/').every((part, index) => (part !== '' || index === 0) && part !== '.' && part !== '..')

/** Whether a fault or a load is what one gets who says it in words. */
function isAct(read: () => object | undefined, given: object): boolean {
  if (Object.values(given).some(each => typeof each === 'number' && !(each >= 0 && each <= mostNumber)))
    return false
  try {
    const understood = read()
    const sorted = (value: object) => JSON.stringify(Object.entries(value).sort())
    return understood !== undefined && sorted(understood) === sorted(given)
  } catch (error) {
    if (error instanceof ActError) return false
    throw error
  }
}

const asTexts = (values: object): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))

export function summaryOf(history: History): Summary {
  const { header, deeds } = history
  const path = history.path().map(each => each.input)
  const left = new Set<Deed | undefined>(deeds.map(each => each.before))
  const play = playOptionsOf(header)
  return {
    place: header.lesson.slice(0, mostName),
    version: header.version,
    seed: header.seed,
    ...(play && { play }),
    commands: path.filter(each => each.type === 'input' || each.type === 'next').length,
    files: [...new Set(path.flatMap(each => (each.type === 'write' ? [each.file] : [])))],
    acts: path.filter(({ type }) => acts.has(type)).length,
    paths: Math.max(1, deeds.filter(each => !left.has(each)).length),
    elapsed: Math.max(history.elapsed, path.at(-1)?.at ?? 0),
  }
}

const acts: ReadonlySet<string> = new Set(
  'fault repair add-node load-balancer metrics any-image load'.split(' '),
)
