// The map: rows that changed since the page last heard of them, and the one sentence over it.
import { parseTime } from '../../../engine/engine.ts'
import type { AnyObject } from '../../../kinds/object.ts'
import type { Life } from '../../../lesson/life.ts'
import { MapModel, mapKinds } from '../../../lesson/map/model.ts'
import { sentenceOf } from '../../../lesson/map/sentence.ts'
import type { FromWorker } from '../protocol.ts'
import { isShown, watchKinds } from './objects.ts'
import type { Observer, Stage } from './observer.ts'

export class ClusterMap implements Observer {
  readonly part = 'map'
  readonly #stage: Stage
  #model!: MapModel
  #stop = () => {}
  #fresh = false
  #told = ''
  /** The reader's last command. */
  #deed: object | undefined

  constructor(stage: Stage) {
    this.#stage = stage
  }

  show(life: Life): void {
    const { world } = life
    const { engine } = world
    const start = engine.now - world.elapsed
    const model = new MapModel({
      get now() {
        return engine.now
      },
      at: time => time - start,
    })
    this.#model = model
    this.#fresh = true
    this.#told = ''
    this.#deed = this.#stage.history.at
    // The map comes a moment after the first command: what that one made is new all the same.
    const began = this.#deed && life.starts.at(-1)
    const isMadeSince = ({ metadata }: AnyObject) =>
      began !== undefined && parseTime(metadata.creationTimestamp!) + 999 >= start + began
    let live = false
    this.#stop()
    this.#stop = watchKinds(
      world,
      ({ kind, group }) => mapKinds.has(kind) || (kind === 'Event' && !group),
      (change, object) => {
        if (!isShown(object)) return
        this.#commands()
        model.note(change, object, live || isMadeSince(object))
      },
    )
    live = true
  }

  again(): void {
    this.#fresh = true
    this.#told = ''
  }

  flush(): FromWorker[] {
    const messages: FromWorker[] = []
    this.#commands()
    const { changed, deleted } = this.#model.take()
    const reset = this.#fresh
    this.#fresh = false
    if (reset) messages.push({ type: 'map', reset, changed: [...this.#model.rows.values()], deleted: [] })
    else if (changed.length || deleted.length) messages.push({ type: 'map', reset, changed, deleted })
    else if (this.#told) return messages
    const sentence = sentenceOf(this.#model)
    const text = JSON.stringify(sentence)
    if (text !== this.#told) {
      this.#told = text
      messages.push({ type: 'sentence', fresh: reset, ...sentence })
    }
    return messages
  }

  /** What is made from now on is made by the latest command. */
  #commands(): void {
    const { at } = this.#stage.history
    if (at === this.#deed) return
    this.#deed = at
    this.#model.command()
  }
}
