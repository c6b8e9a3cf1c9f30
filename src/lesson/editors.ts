// Editors on the learner's machine: vi, nano and code open a file beside the terminal and wait until that editor is
// closed, as a full-screen editor waits for `:wq` or `:q!`. So what starts one (`kubectl edit`, `git`) goes on with what
// was saved. What the reader types into it is no input of the world; how it ends is.
import { resolvePath } from '../engine/files.ts'
import { Deferred, type Task, wait } from '../engine/task.ts'
import { type Tool, ToolError, tool } from '../shell/command.ts'

/** An editor that a command waits for. */
export interface OpenEditor {
  readonly program: string
  /** Full path. */
  readonly file: string
  /** What stood in the file; '' where there was none. */
  readonly text: string
}

export class Editors {
  readonly #open = new Map<OpenEditor, Deferred<string | undefined>>()

  /** The open ones, the latest last. */
  get open(): OpenEditor[] {
    return [...this.#open.keys()]
  }

  /** Closes the editor of a file (the first one, where several have it open); `text` is saved, if there is any. */
  close(file: string, text: string | undefined): void {
    for (const [editor, closed] of this.#open) {
      if (editor.file !== file) continue
      closed.settle(text)
      return
    }
  }

  /** Opens one and waits for its end: what is to be saved, or undefined. */
  *wait(editor: OpenEditor): Task<string | undefined> {
    const closed = new Deferred<string | undefined>()
    this.#open.set(editor, closed)
    try {
      return yield* wait(closed)
    } finally {
      this.#open.delete(editor)
    }
  }
}

export const editorTools = (editors: Editors): Tool[] =>
  ['vi', 'vim', 'nano', 'code'].map(name =>
    tool(name, 'edit a file beside the terminal', function* ({ argv, cwd, files, terminal }) {
      const path = argv.slice(1).find(arg => !/^[-+]/.test(arg))
      if (path === undefined) throw new ToolError(`${name}: which file?`)
      if (!terminal) throw new ToolError(`${name}: an editor needs a terminal`)
      const file = resolvePath(cwd, path)
      const text = files.exists(file) ? files.read(file) : ''
      const edited = yield* editors.wait({ program: name, file, text })
      if (edited !== undefined) files.write(file, edited)
      return 0
    }),
  )
