// awk: fields, patterns and actions, as POSIX has them with what gawk's readers use. The program is read by
// parser.ts and carried out by machine.ts; here are the command line and the
// loop over files and records.
import { LineReader, readAll } from '../../../engine/pipe.ts'
import type { Process } from '../../../engine/process.ts'
import type { Task } from '../../../engine/task.ts'
import { ToolError, tool } from '../../command.ts'
import { textInput } from '../../streams.ts'
import { unescapeText } from '../../word-parser.ts'
import { open, pathOf } from '../input.ts'
import { parseOptions } from '../options.ts'
import { AwkMachine, Jump } from './machine.ts'
import type { Rule } from './program.ts'
import { Input, isTrue, numberOf, textOf } from './values.ts'

function* runRules(machine: AwkMachine, process: Process, paths: readonly string[]): Task<number> {
  let code = 0
  const named = (kind: Rule['kind']) => machine.rules.filter(rule => rule.kind === kind)
  const guarded = function* (work: () => Task): Task<boolean> {
    try {
      yield* work()
      return true
    } catch (jump) {
      if (!(jump instanceof Jump) || jump.to !== 'exit') throw jump
      code = jump.value === '' ? code : numberOf(jump.value)
      return false
    }
  }
  const active = new Set<Rule>()
  const main = named('main')
  let failed = false
  let going = yield* guarded(function* () {
    const { files, failed: missing } = open(
      { ...process, argv: ['awk'] },
      paths.filter(path => !/^[A-Za-z_]\w*=/.test(path)),
    )
    machine.streams.main = files[0] && new LineReader(files[0].source)
    for (const rule of named('begin')) yield* machine.execute(rule.body)
    if (main.length === 0 && named('end').length === 0) return
    failed = missing
    for (const path of paths) {
      const given = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(path)
      if (given) machine.memory.set(given[1]!, new Input(unescapeText(given[2]!)))
    }
    for (const [i, { path, source }] of files.entries()) {
      machine.memory.set('FILENAME', path === '-' ? '' : path)
      machine.memory.set('FNR', 0)
      if (i > 0) machine.streams.main = new LineReader(source)
      const separator = textOf(machine.memory.get('RS'))
      if (separator !== '\n') {
        const text = yield* readAll(source)
        const records =
          separator === ''
            ? text.replace(/^\n+|\n+$/g, '').split(/\n{2,}/)
            : recordsOf(text.replace(/\n$/, ''), separator, machine)
        machine.streams.main = new LineReader(textInput(''))
        for (const record of records) yield* each(record)
        continue
      }
      for (
        let line = yield* machine.streams.main!.line();
        line !== undefined;
        line = yield* machine.streams.main!.line()
      )
        yield* each(line)
    }
  })
  function* each(line: string): Task {
    machine.memory.setRecord(line)
    for (const counter of ['NR', 'FNR'])
      machine.memory.set(counter, numberOf(machine.memory.get(counter)) + 1)
    try {
      for (const rule of main) if (yield* applies(rule)) yield* machine.execute(rule.body)
    } catch (jump) {
      if (!(jump instanceof Jump) || jump.to !== 'next') throw jump
    }
  }
  function* applies(rule: Rule): Task<boolean> {
    if (!rule.pattern) return true
    if (!rule.until) return isTrue(yield* machine.evaluate(rule.pattern))
    if (!active.has(rule)) {
      if (!isTrue(yield* machine.evaluate(rule.pattern))) return false
      active.add(rule)
    }
    if (isTrue(yield* machine.evaluate(rule.until))) active.delete(rule)
    return true
  }
  if (going || code !== undefined) {
    going = yield* guarded(function* () {
      for (const rule of named('end')) yield* machine.execute(rule.body)
    })
  }
  yield* machine.streams.flush()
  return code || (failed ? 2 : 0)
}

/** One character divides as it is, more of them are a regular expression. */
const recordsOf = (text: string, separator: string, machine: AwkMachine): string[] =>
  separator.length === 1 ? text.split(separator) : machine.memory.regexp(separator).split(text)

export const awk = tool('awk', 'work on lines and fields', function* (process) {
  const options = parseOptions(process, 'F:v:f:', { strict: true, code: 2 })
  let program = ''
  for (const file of options.all('f'))
    program += `${file === '/dev/stdin' || file === '-' ? yield* readAll(process.stdin) : process.files.read(pathOf(process, file))}\n`
  const operands = [...options.operands]
  if (!options.has('f')) {
    const first = operands.shift()
    if (first === undefined)
      throw new ToolError('usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]', 2)
    program = first
  }
  const machine = new AwkMachine(process, program)
  for (const text of options.all('v')) {
    const [, name, value] = /^(\w+)=([\s\S]*)$/.exec(text) ?? []
    if (name === undefined)
      throw new ToolError(`awk: \`${text}' argument to \`-v' not in \`var=value' form`, 2)
    machine.memory.set(name, new Input(unescapeText(value!)))
  }
  const separator = options.value('F')
  if (separator !== undefined) machine.memory.set('FS', separator === 't' ? '\t' : unescapeText(separator))
  return yield* runRules(machine, process, operands)
})
