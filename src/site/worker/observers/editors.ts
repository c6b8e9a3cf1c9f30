// The editors that commands wait for, and files that are saved beside them.

import type { OpenEditor } from '../../../lesson/editors.ts'
import type { Life } from '../../../lesson/life.ts'
import { workDirectory } from '../../../lesson/workstation.ts'
import type { FromWorker } from '../protocol.ts'
import type { Observer, Stage, Takes } from './observer.ts'

export class EditorsObserver implements Observer {
  readonly takes: Takes
  #life!: Life
  #told: OpenEditor | undefined
  #fresh = false

  constructor(stage: Stage) {
    this.takes = {
      write: ({ file, text, apply }) => {
        stage.do({ type: 'write', file, text })
        if (apply && !stage.life.terminal(apply).busy)
          stage.do({ type: 'input', terminal: apply, text: `kubectl apply -f ${file}` })
      },
      edited: ({ file, text }) =>
        stage.do(text === undefined ? { type: 'edited', file } : { type: 'edited', file, text }),
    }
  }

  show(life: Life): void {
    this.#life = life
    this.#fresh = true
  }

  flush(): FromWorker[] {
    const editor = this.#life.world.editors.open.at(-1)
    if (editor === this.#told && !this.#fresh) return []
    this.#told = editor
    this.#fresh = false
    if (!editor) return [{ type: 'edit', editor: undefined }]
    const inside = editor.file.startsWith(`${workDirectory}/`)
    const name = inside ? editor.file.slice(workDirectory.length + 1) : editor.file
    return [{ type: 'edit', editor: { ...editor, name } }]
  }
}
