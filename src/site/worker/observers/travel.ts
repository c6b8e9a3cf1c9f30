// Back, Reset and their undoing: ways through the history. Nothing is lost by them, since the branch that is left stays
// in it; Reset asks first where objects or files of the reader's own would go.
import type { Deed } from '../../../lesson/history.ts'
import { ownWork } from '../../../lesson/own-work.ts'
import type { FromWorker, ToWorker } from '../protocol.ts'
import type { Observer, Stage, Takes } from './observer.ts'

export interface TravelStage extends Stage {
  /** The world as it was after a deed, at a time (0: when it had ended). */
  goTo(deed: Deed | undefined, elapsed: number): void
  rewind(position: number): void
  /** Shows the world at a moment of the present's branch, ms since the start; nothing is changed by it. */
  look(at: number): void
  lookNow(): void
}

export class Travel implements Observer {
  readonly takes: Takes
  readonly #stage: TravelStage
  /** Where one stood before the way back. */
  #left: { deed: Deed | undefined; elapsed: number } | undefined
  #messages: FromWorker[] = []

  constructor(stage: TravelStage) {
    this.#stage = stage
    this.takes = {
      back: () => this.#back(),
      reset: message => this.#reset(message),
      undo: () => {
        const left = this.#left
        if (!left) return
        stage.finish()
        stage.goTo(left.deed, left.elapsed)
        this.#left = undefined
      },
    }
  }

  show(): void {
    this.#messages = []
  }

  flush(): FromWorker[] {
    const messages = this.#messages
    this.#messages = []
    return messages
  }

  #back(): void {
    const { history } = this.#stage
    this.#stage.finish()
    const undone = history.undoable
    if (!undone) return
    if (history.present) this.#stage.look(this.#stage.life.starts[history.path().indexOf(undone)] ?? 0)
    else this.#stage.goTo(undone.before, undone.input.at)
  }

  #reset({ step, sure }: Extract<ToWorker, { type: 'reset' }>): void {
    const stage = this.#stage
    stage.finish()
    const { history } = stage
    if (history.present) stage.lookNow()
    const { life, script, diverged } = stage
    if (diverged && !sure) {
      const own = ownWork(life, script)
      if (own.objects.length || own.files.length) {
        this.#messages.push({ type: 'ask-reset', ...(step !== undefined && { step }), ...own })
        return
      }
    }
    this.#left = { deed: history.at, elapsed: diverged ? life.elapsed : 0 }
    stage.rewind(script.range(step).from)
    this.#messages.push({ type: 'was-reset' })
  }
}
