// What the editor asks of the world while one types: what may stand at the caret, what the API says of a field, what
// another parser says of a fault; and what it then shows, so that all of it is loaded when the editor is used. Whatever is
// asked anew makes the answer before it void.
import type { EditorWords } from '../../../i18n/lab/editor.en.ts'
import style from '../../styles/lab/writing.css?url'
import type { Completion, Draft, FieldAbout, Fixing, Problem, ToWorker } from '../../worker/protocol.ts'
import { loadStyle, store } from '../dom.ts'
import type { CodeEditor } from './codemirror.ts'
import { FileTabs } from './file-tabs.ts'
import { languageOf } from './language-of.ts'
import type { Lab } from './part.ts'
import { problemRows } from './problem-list.ts'

const words = {
  zh: () => import('../../../i18n/lab/editor.zh.ts').then(({ editorZh }) => editorZh),
  en: () => import('../../../i18n/lab/editor.en.ts').then(({ editorEn }) => editorEn),
}

export interface Writing {
  readonly words: EditorWords
  propose(text: string, offset: number): Promise<Completion | undefined>
  describe(text: string, offset: number): Promise<FieldAbout | undefined>
  /** Of the document that has this line, from 1. */
  reason(text: string, line: number): Promise<string | undefined>
  /** On the button of a quick fix. */
  fix(fixing: Fixing): string
  /** What is wrong with the text, as a list. */
  rows(problems: readonly Problem[], text: string, code: CodeEditor | undefined): HTMLElement[]
  /** Open files, before what they are of; `before`: the file that was open before there were tabs. */
  tabs(panel: HTMLElement, open: (name: string) => void, before?: string): FileTabs
}

/** What a question also looks at: other files as they are being written. Undefined for what is no manifest. */
function beside({ data }: Lab, file: string): Pick<Draft, 'file' | 'others'> | undefined {
  if (languageOf(file) !== 'yaml') return undefined
  const others: Record<string, string> = {}
  for (const name of Object.keys(data.files)) {
    const text = name === file ? null : store.get(`edit:${data.lesson}:${name}`)
    if (text !== null) others[name] = text
  }
  return { file, others }
}

/** `file`: the name of the one that is open. */
export async function writing(lab: Lab, file: () => string): Promise<Writing> {
  const { connection, language } = lab
  const [own] = await Promise.all([words[language](), loadStyle(style)])
  let last = 0
  const asker = <T>() => {
    let settle: { readonly id: number; readonly resolve: (answer: T | undefined) => void } | undefined
    return {
      ask: (message: (id: number) => ToWorker | undefined) =>
        new Promise<T | undefined>(resolve => {
          settle?.resolve(undefined)
          settle = { id: ++last, resolve }
          const question = message(last)
          if (question) connection.send(question)
          else resolve(undefined)
        }),
      answer: (id: number, answer: T | undefined) => {
        if (settle?.id === id) settle.resolve(answer)
      },
    }
  }
  const proposals = asker<Completion>()
  const descriptions = asker<FieldAbout>()
  const reasons = asker<string>()
  connection.on('proposals', ({ id, completion }) => proposals.answer(id, completion))
  connection.on('described', ({ id, about }) => descriptions.answer(id, about))
  connection.on('yaml-reason', ({ id, reason }) => reasons.answer(id, reason))
  const draft = (type: 'propose' | 'describe', text: string, offset: number) => (id: number) => {
    const about = beside(lab, file())
    return about && { type, id, text, offset, ...about }
  }
  const writing: Writing = {
    words: own,
    propose: (text, offset) => proposals.ask(draft('propose', text, offset)),
    describe: (text, offset) => descriptions.ask(draft('describe', text, offset)),
    reason: (text, line) => reasons.ask(id => ({ type: 'yaml-reason', id, text, line })),
    fix: ({ what }) => ({ mend: own.fix, labels: own.fixLabels, selector: own.fixSelector })[what],
    rows: (problems, text, code) => problemRows(problems, text, writing, code),
    tabs: (panel, open, before) => new FileTabs(lab, panel, own, open, before),
  }
  return writing
}
