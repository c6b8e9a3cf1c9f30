// The functions that awk has itself: strings, regular expressions, arithmetic, time, commands.
import { held } from '../../../engine/holding.ts'
import type { Task } from '../../../engine/task.ts'
import { ToolError } from '../../command.ts'
import { run } from '../run.ts'
import type { AwkMachine } from './machine.ts'
import type { Expression } from './program.ts'
import { cellsOf, formatted, Input, numberOf, textOf, type Value } from './values.ts'

const codePointIndex = (text: string, part: string): number => {
  const at = text.indexOf(part)
  return at <= 0 ? at : [...text.slice(0, at)].length
}

/** Calls a function that awk has itself; arguments that must not be evaluated (arrays, targets) are left as they are. */
export function* callBuiltin(machine: AwkMachine, name: string, list: readonly Expression[]): Task<Value> {
  const values: Value[] = []
  if (name !== 'split' && name !== 'sub' && name !== 'gsub' && name !== 'match' && name !== 'length')
    for (const each of list) values.push(yield* machine.evaluate(each))
  const text = (i: number) => textOf(values[i] ?? '')
  const number = (i: number) => numberOf(values[i] ?? 0)
  switch (name) {
    case 'length': {
      const [first] = list
      if (!first) return [...machine.memory.record].length
      if (first.type === 'name' && machine.memory.slot(first.name).value instanceof Map)
        return machine.memory.cells(first.name).size
      return [...textOf(yield* machine.evaluate(first))].length
    }
    case 'substr': {
      const chars = [...text(0)]
      const start = Math.round(number(1))
      const end = values.length > 2 ? start + Math.round(number(2)) : Number.POSITIVE_INFINITY
      return chars.slice(Math.max(0, start - 1), Math.max(0, end - 1)).join('')
    }
    case 'index':
      return codePointIndex(text(0), text(1)) + 1
    case 'split': {
      const source = textOf(yield* machine.evaluate(list[0]!))
      const [, array, by] = list
      if (array?.type !== 'name') throw new ToolError('awk: split: second argument is not an array', 2)
      const parts = by
        ? by.type === 'regexp'
          ? source === ''
            ? []
            : machine.memory.regexp(by.source).split(source)
          : machine.memory.split(source, textOf(yield* machine.evaluate(by)))
        : machine.memory.split(source, textOf(machine.memory.get('FS')))
      machine.memory.slot(array.name).value = cellsOf(
        parts.map((part, i) => [String(i + 1), new Input(part)]),
      )
      return parts.length
    }
    case 'sub':
    case 'gsub': {
      const regexp = yield* machine.regexpOf(list[0]!)
      const replacement = textOf(yield* machine.evaluate(list[1]!))
      const target: Expression = list[2] ?? { type: 'field', index: { type: 'number', value: 0 } }
      const subject = textOf(yield* machine.evaluate(target))
      let [out, at, count] = ['', 0, 0]
      for (const match of regexp.all(subject)) {
        machine.turns.spend(regexp.spent)
        if (machine.turns.over) yield* machine.turns.rest()
        count++
        const whole = match.groups[0]!
        const put = replacement.replace(/\\\\|\\&|&/g, found => (found === '&' ? whole : found.slice(1)))
        out = held(out + subject.slice(at, match.index) + put)
        at = match.end
        if (name === 'sub') break
      }
      if (count) yield* machine.assign(target, out + subject.slice(at))
      return count
    }
    case 'match': {
      const source = textOf(yield* machine.evaluate(list[0]!))
      const found = (yield* machine.regexpOf(list[1]!)).find(source)
      const start = found ? [...source.slice(0, found.index)].length + 1 : 0
      machine.memory.set('RSTART', start)
      machine.memory.set('RLENGTH', found ? [...found.groups[0]!].length : -1)
      if (list[2]?.type === 'name')
        machine.memory.slot(list[2].name).value = cellsOf(
          (found?.groups ?? []).map((group, i) => [String(i), new Input(group ?? '')]),
        )
      return start
    }
    case 'sprintf':
      return formatted(values)
    case 'toupper':
      return text(0).toUpperCase()
    case 'tolower':
      return text(0).toLowerCase()
    case 'int':
      return Math.trunc(number(0))
    case 'sqrt':
      return Math.sqrt(number(0))
    case 'exp':
      return Math.exp(number(0))
    case 'log':
      return Math.log(number(0))
    case 'sin':
      return Math.sin(number(0))
    case 'cos':
      return Math.cos(number(0))
    case 'atan2':
      return Math.atan2(number(0), number(1))
    case 'rand':
      return machine.process.engine.random.float()
    case 'srand': {
      const old = machine.seed
      machine.seed = values.length ? number(0) : Math.floor(machine.process.engine.now / 1000)
      return old
    }
    case 'systime':
      return Math.floor(machine.process.engine.now / 1000)
    case 'system':
      yield* machine.streams.flush()
      return yield* run(machine.process, ['sh', '-c', text(0)])
    case 'close':
    case 'fflush':
      yield* machine.streams.flush()
      machine.streams.closeReader(text(0))
      return 0
    default:
      throw new ToolError(`awk: function ${name} never defined`, 2)
  }
}
