// package log: lines on stderr, each with the time.
import { formatTime } from '../../../../engine/engine.ts'
import { format, sprint, sprintln } from '../format.ts'
import type { Machine } from '../machine.ts'
import { Exit, type Native, type Package, Panic } from '../values.ts'

const flags = {
  Ldate: 1,
  Ltime: 2,
  Lmicroseconds: 4,
  Llongfile: 8,
  Lshortfile: 16,
  LUTC: 32,
  Lmsgprefix: 64,
  LstdFlags: 3,
}

interface Settings {
  flags: number
  prefix: string
}

const settingsOf = (machine: Machine): Settings =>
  machine.of('log', () => ({ flags: flags.LstdFlags, prefix: '' }))

/** A line as the standard logger writes it. */
export function logLine(machine: Machine, text: string): void {
  const settings = settingsOf(machine)
  const { engine, stderr } = machine.process
  const has = (flag: number) => (settings.flags & flag) !== 0
  const [date = '', time = ''] = formatTime(Math.floor(engine.now / 1000) * 1000)
    .replace('Z', '')
    .split('T')
  let head = ''
  if (has(flags.Ldate)) head += `${date.replaceAll('-', '/')} `
  if (has(flags.Ltime) || has(flags.Lmicroseconds)) {
    const micros = String(Math.floor((engine.now % 1000) * 1000)).padStart(6, '0')
    head += `${time}${has(flags.Lmicroseconds) ? `.${micros}` : ''} `
  }
  const { prefix } = settings
  const line = has(flags.Lmsgprefix) ? `${head}${prefix}${text}` : `${prefix}${head}${text}`
  stderr.write(line.endsWith('\n') ? line : `${line}\n`)
}

const formatted = ([pattern, ...args]: readonly unknown[]): string => format(String(pattern), args)

const logs = (
  make: (args: readonly unknown[]) => string,
  after: (text: string) => unknown = () => null,
): Native =>
  function* (machine, args) {
    const text = make(args)
    logLine(machine, text)
    return after(text)
  }

const exit = (): never => {
  throw new Exit(1)
}
const panic = (text: string): never => {
  throw new Panic(text.replace(/\n$/, ''))
}

const set = (change: (settings: Settings, value: unknown) => void): Native =>
  function* (machine, [value]) {
    change(settingsOf(machine), value)
    return null
  }

export const log: Package = {
  values: {
    ...flags,
    Print: logs(sprint),
    Println: logs(sprintln),
    Printf: logs(formatted),
    Fatal: logs(sprint, exit),
    Fatalln: logs(sprintln, exit),
    Fatalf: logs(formatted, exit),
    Panic: logs(sprint, panic),
    Panicln: logs(sprintln, panic),
    Panicf: logs(formatted, panic),
    SetFlags: set((settings, value) => {
      settings.flags = Number(value)
    }),
    SetPrefix: set((settings, value) => {
      settings.prefix = String(value)
    }),
  },
}
