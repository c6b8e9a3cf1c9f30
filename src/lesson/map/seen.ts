// For tests: the map of a world, as who watches the API sees it.
import { kinds } from '../../kinds/index.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type { World } from '../world.ts'
import { MapModel, mapKinds } from './model.ts'
import type { PodRow } from './rows.ts'
import { type Sentence, sentenceOf } from './sentence.ts'

export class SeenMap {
  readonly model: MapModel
  /** Rows taken the last time. */
  changed = 0

  constructor(world: World) {
    const { engine } = world
    const start = engine.now - world.elapsed
    this.model = new MapModel({
      get now() {
        return engine.now
      },
      at: time => time - start,
    })
    const { api } = world.cluster
    let live = false
    for (const kind of kinds) {
      if (!mapKinds.has(kind.kind) && (kind.kind !== 'Event' || kind.group)) continue
      const path = `${kind.group ? `/apis/${kind.group}/${kind.version}` : `/api/${kind.version}`}/${kind.plural}`
      const request = { method: 'GET', path, managedFields: false, looks: true, userAgent: 'lab' } as const
      const { body } = api.handle(request)
      const note = (change: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubeObject) => {
        if (object.metadata.namespace !== 'kube-system' && object.metadata.name !== 'kubernetes')
          this.model.note(change, object, live)
      }
      for (const object of body.items) note('ADDED', object)
      api.watch(
        { ...request, query: { watch: 'true', resourceVersion: body.metadata.resourceVersion } },
        event => {
          if (event.type !== 'BOOKMARK' && event.type !== 'ERROR')
            note(event.type, event.object as KubeObject)
        },
      )
    }
    live = true
  }

  take(): void {
    this.changed = this.model.take().changed.length
  }

  get pods(): PodRow[] {
    this.take()
    return this.model.all('pod')
  }

  get states(): string {
    return this.pods
      .map(each => `${each.state} ${each.word}`)
      .sort()
      .join(', ')
  }

  get sentence(): Sentence {
    this.take()
    return sentenceOf(this.model)
  }
}
