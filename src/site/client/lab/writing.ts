// What the editor asks of the world while one types: what may stand at the caret, what the API says of a field, what
// another parser says of a fault. Whatever is asked anew makes the answer before it void. Loaded when the editor is used.
import type { EditorWords } from '../../../i18n/lab/editor.en.ts'
import style from '../../styles/lab/writing.css?url'
import type { Completion, Draft, FieldAbout, Fixing, ToWorker } from '../../worker/protocol.ts'
import { loadStyle } from '../dom.ts'
import type { Lab } from './part.ts'

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
}

/** `beside`: the file's name and what else is open and not saved; undefined where the file is no manifest. */
export async function writing(
  { connection, language, t }: Lab,
  beside: () => Pick<Draft, 'file' | 'others'> | undefined,
): Promise<Writing> {
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
    const about = beside()
    return about && { type, id, text, offset, ...about }
  }
  return {
    words: own,
    propose: (text, offset) => proposals.ask(draft('propose', text, offset)),
    describe: (text, offset) => descriptions.ask(draft('describe', text, offset)),
    reason: (text, line) => reasons.ask(id => ({ type: 'yaml-reason', id, text, line })),
    fix: ({ what }) => ({ mend: t.editorFix, labels: own.fixLabels, selector: own.fixSelector })[what],
  }
}
