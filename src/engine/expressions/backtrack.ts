// Matching with back-references and looks around: it tries one way after another, as Perl does, and counts its steps. No
// way is known that is fast for all such expressions, so it gives up after so many.
import { word } from './char-set.ts'
import { ExpressionError, TooManySteps } from './errors.ts'
import type { Node } from './syntax.ts'

type Instruction =
  | { readonly do: 'set'; readonly has: (code: number) => boolean }
  | { readonly do: 'split'; readonly first: number; readonly second: number }
  | { readonly do: 'jump'; readonly to: number }
  | { readonly do: 'save'; readonly slot: number }
  /** Goes on only where a round that was not demanded has taken something. */
  | { readonly do: 'progress'; readonly slot: number }
  | { readonly do: 'assert'; readonly what: string }
  | { readonly do: 'look'; readonly program: Program; readonly ahead: boolean; readonly negated: boolean }
  | { readonly do: 'back'; readonly number: number }
  | { readonly do: 'match' }

export interface Program {
  readonly code: readonly Instruction[]
  readonly slots: number
}

/** Writes the counts of an expression out. */
export function compile(root: Node, groups: number): Program {
  const code: Instruction[] = []
  let slots = 2 * (groups + 1)
  const emit = (instruction: Instruction): number => code.push(instruction) - 1
  const patch = (at: number, instruction: Instruction) => {
    code[at] = instruction
  }
  const write = (node: Node): void => {
    switch (node.type) {
      case 'set': {
        const own = node.source ? new RegExp(`^${node.source}$`, 'u') : undefined
        emit({ do: 'set', has: own ? c => own.test(String.fromCodePoint(c)) : c => node.set.has(c) })
        return
      }
      case 'sequence':
        for (const each of node.items) write(each)
        return
      case 'choice': {
        const ends: number[] = []
        for (const [i, each] of node.branches.entries()) {
          if (i === node.branches.length - 1) write(each)
          else {
            const split = emit({ do: 'match' })
            write(each)
            ends.push(emit({ do: 'match' }))
            patch(split, { do: 'split', first: split + 1, second: code.length })
          }
        }
        for (const end of ends) patch(end, { do: 'jump', to: code.length })
        return
      }
      case 'group':
        emit({ do: 'save', slot: 2 * node.number })
        write(node.of)
        emit({ do: 'save', slot: 2 * node.number + 1 })
        return
      case 'look':
        emit({ do: 'look', program: compile(node.of, groups), ahead: node.ahead, negated: node.negated })
        return
      case 'back':
        emit({ do: 'back', number: node.number })
        return
      case 'repeat':
        repeat(node)
        return
      default:
        emit({ do: 'assert', what: node.type })
    }
  }
  const repeat = ({ of, least, most, lazy }: Extract<Node, { type: 'repeat' }>): void => {
    for (let i = 0; i < least; i++) write(of)
    const split = (at: number, out: number) =>
      patch(
        at,
        lazy ? { do: 'split', first: out, second: at + 1 } : { do: 'split', first: at + 1, second: out },
      )
    if (most === Number.POSITIVE_INFINITY) {
      const slot = slots++
      const start = emit({ do: 'match' })
      emit({ do: 'save', slot })
      write(of)
      emit({ do: 'progress', slot })
      emit({ do: 'jump', to: start })
      split(start, code.length)
      return
    }
    const starts: number[] = []
    for (let i = least; i < most; i++) {
      const slot = slots++
      starts.push(emit({ do: 'match' }))
      emit({ do: 'save', slot })
      write(of)
      emit({ do: 'progress', slot })
    }
    for (const start of starts) split(start, code.length)
  }
  write(root)
  emit({ do: 'match' })
  return { code, slots }
}

export interface Budget {
  left: number
}

/** The places of the groups (start and end in turn; -1 where one has none), from one start; undefined without a match. */
export function run(
  { code, slots }: Program,
  text: string,
  start: number,
  budget: Budget,
  longest = false,
  given?: readonly number[],
): number[] | undefined {
  let saved = given ? [...given] : new Array<number>(slots).fill(-1)
  while (saved.length < slots) saved.push(-1)
  saved[0] = start
  let best: number[] | undefined
  const others: { pc: number; at: number; saved: number[] }[] = []
  let [pc, at] = [0, start]
  for (;;) {
    if (--budget.left < 0) throw new TooManySteps()
    const step = code[pc]!
    let ok = true
    switch (step.do) {
      case 'set': {
        const c = text.codePointAt(at)
        ok = c !== undefined && step.has(c)
        if (ok) at += c! > 0xffff ? 2 : 1
        pc++
        break
      }
      case 'split':
        if (others.length > 1_000_000) throw new TooManySteps()
        others.push({ pc: step.second, at, saved: [...saved] })
        pc = step.first
        break
      case 'jump':
        pc = step.to
        break
      case 'save':
        saved[step.slot] = at
        pc++
        break
      case 'progress':
        ok = saved[step.slot] !== at
        pc++
        break
      case 'assert':
        ok = holds(step.what, text, at)
        pc++
        break
      case 'look': {
        const found = look(step, text, at, budget, saved)
        ok = (found !== undefined) !== step.negated
        if (found && !step.negated) saved = [saved[0]!, saved[1]!, ...found.slice(2, saved.length)]
        pc++
        break
      }
      case 'back': {
        const [from, to] = [saved[2 * step.number]!, saved[2 * step.number + 1]!]
        const part = from < 0 || to < 0 ? '' : text.slice(from, to)
        budget.left -= part.length
        ok = text.startsWith(part, at)
        at += part.length
        pc++
        break
      }
      case 'match': {
        const found = [...saved]
        found[1] = at
        if (!longest) return found
        if (!best || at > best[1]!) best = found
        ok = false
      }
    }
    if (ok) continue
    const other = others.pop()
    if (!other) return best
    ;({ pc, at, saved } = other)
  }
}

function look(
  { program, ahead }: Extract<Instruction, { do: 'look' }>,
  text: string,
  at: number,
  budget: Budget,
  saved: readonly number[],
): number[] | undefined {
  if (ahead) return run(program, text, at, budget, false, saved)
  for (let from = at; from >= 0; from--) {
    const found = run(program, text.slice(0, at), from, budget, true, saved)
    if (found?.[1] === at) return found
  }
  return undefined
}

const isWord = (text: string, at: number): boolean => {
  const c = text.codePointAt(at)
  return c !== undefined && word.has(c)
}

function holds(what: string, text: string, at: number): boolean {
  switch (what) {
    case 'start':
      return at === 0
    case 'end':
      return at === text.length
    case 'line-start':
      return at === 0 || text[at - 1] === '\n'
    case 'line-end':
      return at === text.length || text[at] === '\n'
    case 'word':
    case 'not-word':
      return (isWord(text, at - 1) !== isWord(text, at)) === (what === 'word')
  }
  throw new ExpressionError(`no such assertion: ${what}`)
}
