// The terminals: what the worker says of them goes to the right one.
import { fill } from '../../../i18n/fill.ts'
import type { TerminalId } from '../../worker/protocol.ts'
import type { Lab, Part, Tab } from './part.ts'
import { Terminal } from './terminal.ts'

export interface TerminalsPart extends Part {
  readonly tabs: readonly Tab[]
  /** One that waits for a command. */
  idle(): TerminalId | undefined
  /** As if the reader typed it, in the first one. */
  type(line: string): void
  /** A line for the reader to send. */
  put(line: string, terminal?: TerminalId): void
  /** Something beside the text of a terminal. */
  note(terminal: TerminalId, element: HTMLElement): void
}

/** A lesson has two of them, the playground four. */
const ofLessons = [1, 2] as const
const ofPlay = [1, 2, 3, 4] as const

export function terminals(lab: Lab): TerminalsPart {
  const { connection, t } = lab
  const ids: readonly TerminalId[] = lab.data.lesson === 'play' ? ofPlay : ofLessons
  const all = ids.map(id => new Terminal(id, lab))
  const of = (id: TerminalId) => all[id - 1]!
  connection.on('output', ({ terminal, text }) => all[terminal - 1]?.write(text))
  connection.on('echo', ({ terminal, prompt, text }) => all[terminal - 1]?.echo(prompt, text))
  connection.on('clear', ({ terminal }) => all[terminal - 1]?.clear())
  connection.on('prompt', ({ terminal, prompt, busy, silent }) =>
    all[terminal - 1]?.setPrompt(prompt, busy, silent),
  )
  connection.on('completions', ({ id, text, choices }) => {
    for (const each of all) each.complete(id, text, choices)
  })
  return {
    tabs: ids.map(id => ({
      name: `terminal-${id}`,
      title: fill(t.terminal, { n: id }),
      element: of(id).element,
      focus: () => of(id).focus(),
      shown: () => of(id).shown(),
    })),
    idle: () => ids.find(id => !of(id).busy),
    put(line, terminal = 1) {
      lab.show(`terminal-${terminal}`)
      of(terminal).put(line)
    },
    note: (terminal, element) => of(terminal).note(element),
    type(line) {
      lab.show('terminal-1')
      of(1).type(line)
    },
  }
}
