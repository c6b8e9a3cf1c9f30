// Exercises: goals that the world itself can judge. A check is a pure function of the objects that there are and of what
// was seen of their changes, so it says the same at every pace and after every replay.
import type { WatchEvent } from '../api/types.ts'
import type { AnyObject } from '../kinds/object.ts'
import { resources } from '../kinds/resources.ts'
import type { World } from './world.ts'

/** The cluster as a check reads it; shared objects, not to be changed. */
export interface ClusterView {
  /** Virtual time, ms since 1970. */
  readonly now: number
  /** Objects of a resource (`pods`, `deployments`) in a namespace, `default` where absent; by label `app=web`. */
  list(
    resource: string,
    options?: { readonly labels?: string; readonly namespace?: string },
  ): readonly AnyObject[]
  get(resource: string, name: string, namespace?: string): AnyObject | undefined
}

export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly resource: string
  readonly object: AnyObject
}

/** Something to do: a command, or a wait in seconds. */
export type Move = string | number

export interface Exercise<Seen = any> {
  /** As in <Exercise name="…">. */
  readonly name: string
  /** One way to the goal, from the lesson's start; a test goes it. */
  readonly solution: readonly Move[]
  /** What helps, from the lightest word on. */
  readonly hints?: readonly { readonly zh: string; readonly en: string }[]
  /** What must be remembered of the changes: called for each, from the start of the world. */
  readonly watch?: {
    readonly resources: readonly string[]
    readonly start: Seen
    readonly next: (seen: Seen, change: Change, view: ClusterView) => Seen
  }
  /** Whether the goal is reached. */
  readonly done: (view: ClusterView, seen: Seen) => boolean
}

/** An exercise with the type of what it remembers inferred. */
export const exercise = <Seen = undefined>(each: Exercise<Seen>): Exercise => each

/** The collection of a resource, in one namespace or, without one, in all. */
function pathOf(resource: string, namespace: string | undefined): string {
  const info = resources.find(each => each.plural === resource)
  if (!info) throw new Error(`no resource ${resource}`)
  const base = info.group ? `/apis/${info.group}/${info.version}` : `/api/${info.version}`
  return `${base}${info.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : ''}/${resource}`
}

const userAgent = 'exercises'

export class ExerciseJudge {
  readonly #world: World
  readonly #exercises: readonly Exercise[]
  readonly #seen: unknown[]
  readonly #view: ClusterView

  constructor(world: World, exercises: readonly Exercise[]) {
    this.#world = world
    this.#exercises = exercises
    this.#seen = exercises.map(each => each.watch?.start)
    const { api, engine } = world.cluster
    const get = (path: string, query = {}) =>
      api.handle({ method: 'GET', path, query, userAgent, managedFields: false })
    this.#view = {
      get now() {
        return engine.now
      },
      list(resource, { labels, namespace = 'default' } = {}) {
        const { code, body } = get(pathOf(resource, namespace), labels ? { labelSelector: labels } : {})
        return code === 200 ? body.items : []
      },
      get(resource, name, namespace = 'default') {
        const { code, body } = get(`${pathOf(resource, namespace)}/${name}`)
        return code === 200 ? body : undefined
      },
    }
    for (const resource of new Set(exercises.flatMap(each => each.watch?.resources ?? [])))
      this.#watch(resource)
  }

  /** The exercises and whether their goals are reached now. */
  *results(): Iterable<[name: string, done: boolean]> {
    for (const [i, each] of this.#exercises.entries()) yield [each.name, each.done(this.#view, this.#seen[i])]
  }

  #watch(resource: string): void {
    this.#world.cluster.api.watch(
      {
        method: 'GET',
        path: pathOf(resource, undefined),
        query: { watch: 'true' },
        userAgent,
        managedFields: false,
      },
      (event: WatchEvent) => {
        if (event.type === 'BOOKMARK' || event.type === 'ERROR') return
        const change = { type: event.type, resource, object: event.object }
        for (const [i, { watch }] of this.#exercises.entries())
          if (watch?.resources.includes(resource))
            this.#seen[i] = watch.next(this.#seen[i], change, this.#view)
      },
    )
  }
}
