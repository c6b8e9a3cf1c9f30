// The tab that answers Why?: what is in it is loaded when somebody first asks.
import type { EditorPart } from './editor.ts'
import type { Lab, Part } from './part.ts'
import type { TerminalsPart } from './terminals.ts'
import type { WhyPane } from './why/pane.ts'

export interface WhyPart extends Part {
  /** Asks: `pod/web`, `request/5`, `refusal`; '' what is wrong now. */
  ask(about: string): void
}

export function why(lab: Lab, hands: TerminalsPart, files: EditorPart): WhyPart {
  let pane: Promise<WhyPane> | undefined
  const load = () => {
    pane ??= import('./why/pane.ts').then(({ whyPane }) =>
      whyPane(lab, {
        put: line => hands.put(line),
        open(file, line) {
          if (!Object.hasOwn(lab.data.files, file)) return hands.put(`vi ${file}`)
          lab.show('editor')
          files.open(file)
          lab.show('editor', true)
          files.reveal(line)
        },
      }),
    )
    pane.catch(() => {
      pane = undefined
    })
    return pane
  }
  return {
    ask(about) {
      lab.show('why')
      load().then(
        each => {
          each.ask(about)
          each.focus()
        },
        () => {}, // the tab says so
      )
    },
    // Who is to find the cause of a drill is told it when it is solved.
    tabs: [{ name: 'why', title: lab.t.why, explains: true, hidden: drillIsOpen(), load }],
  }
}

/** This lab is a drill's that nobody has solved here yet (drill.ts). */
const drillIsOpen = (): boolean => document.documentElement.dataset.drillState === 'open'
