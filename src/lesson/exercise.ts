// Exercises: goals that the world itself can judge. A check is a pure function of the objects that there are and of what
// was seen of their changes and of files, so it says the same at every pace and after every replay.
import type { WatchEvent } from '../api/types.ts'
import type { Fault } from '../cluster/faults.ts'
import { resolvePath } from '../engine/files.ts'
import type { AnyObject } from '../kinds/object.ts'
import { resources } from '../kinds/resources.ts'
import { type DockerView, dockerView } from './docker-view.ts'
import { workDirectory } from './workstation.ts'
import type { World } from './world.ts'

/** The cluster as a check reads it; shared objects, not to be changed. */
export interface ClusterView {
  /** Virtual time, ms since 1970. */
  readonly now: number
  /**
   * Objects of a resource (`pods`, `deployments`; a custom one by its whole name, `routes.example.com/v1`) in a namespace,
   * `default` where absent; by label `app=web`.
   */
  list(
    resource: string,
    options?: { readonly labels?: string; readonly namespace?: string },
  ): readonly AnyObject[]
  get(resource: string, name: string, namespace?: string): AnyObject | undefined
  /** The text of a file of the working directory, for goals that are about manifests; undefined where there is none. */
  file(name: string): string | undefined
  /** When it was last written, ms since 1970, for goals about what came after what. */
  modified(name: string): number | undefined
  /** Docker's images and containers, for goals that are about them. */
  readonly docker: DockerView
  /** Whether somebody pushed an image under this name: `learner/hellok8s:v1`. */
  pushed(image: string): boolean
}

export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly resource: string
  readonly object: AnyObject
}

/** Something to do: a command, or a wait in seconds. */
export type Move = string | number

/** What a check can say beside yes or no: in numbers and times, so that every language can say it. */
export interface Finding {
  readonly met: boolean
  /** How many there were … */
  readonly count?: number
  /** … at this virtual time, ms since 1970. */
  readonly at?: number
  /** Ms for which it has held without a break, and for which it must. */
  readonly held?: readonly [ms: number, of: number]
}

export type Check<Seen = any> = (view: ClusterView, seen: Seen) => boolean | Finding

/** To repeat what the lesson did, to vary it, to repair what is given broken. */
const exerciseKinds = ['repeat', 'vary', 'fix'] as const
export type ExerciseKind = (typeof exerciseKinds)[number]

export interface Exercise<Seen = any> {
  /** As in <Exercise name="…">. */
  readonly name: string
  readonly kind?: ExerciseKind
  /**
   * What its world finds done, after what the lesson's world does: commands, each run to its end, and waits in seconds.
   * Every exercise has a world of its own, so one never stands in another's way.
   */
  readonly start?: readonly Move[]
  /** What is broken when it begins, after `start`. */
  readonly faults?: readonly Fault[]
  /** Timed: the virtual minutes in which somebody who knows the way is done. Who takes longer has reached it all the same. */
  readonly mark?: number
  /** One way to the goal, from there; a test goes it. */
  readonly solution: readonly Move[]
  /** What must be remembered of the changes: called for each, first for each object that there is at the beginning. */
  readonly watch?: {
    readonly resources: readonly string[]
    readonly start: Seen
    readonly next: (seen: Seen, change: Change, view: ClusterView) => Seen
  }
  /** The goals, by the names of their <Goal>. All true at one moment: reached, for good. */
  readonly checks?: Readonly<Record<string, Check<Seen>>>
  /** One goal without a name of its own. */
  readonly done?: Check<Seen>
}

export interface CheckResult extends Omit<Finding, 'at'> {
  readonly name: string
  /** Virtual ms since the start of the world. */
  readonly at?: number
}

export interface ExerciseResult {
  readonly name: string
  readonly checks: readonly CheckResult[]
  /** All goals were true at one moment, now or before. */
  readonly reached: boolean
  /** Virtual ms from the start of the world to the moment at which that was first seen. */
  readonly took?: number
}

/** An exercise with the type of what it remembers inferred. */
export const exercise = <Seen = undefined>(each: Exercise<Seen>): Exercise => each

/** The collection of a resource, in one namespace or, without one, in all. */
function pathOf(resource: string, namespace: string | undefined): string {
  const [, plural, group, version] = /^([^.]+)\.([^/]+)\/(.+)$/.exec(resource) ?? []
  const info =
    plural && group && version
      ? { plural, group, version, namespaced: true }
      : resources.find(each => each.plural === resource)
  if (!info) throw new Error(`no resource ${resource}`)
  const base = info.group ? `/apis/${info.group}/${info.version}` : `/api/${info.version}`
  return `${base}${info.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : ''}/${info.plural}`
}

export const checksOf = ({ checks, done }: Exercise): Readonly<Record<string, Check>> =>
  checks ?? (done ? { done } : {})

const userAgent = 'exercises'

export class ExerciseJudge {
  readonly #world: World
  readonly #exercises: readonly Exercise[]
  readonly #seen: unknown[]
  /** When it was first seen that all goals were true, virtual ms since the start of the world. */
  readonly #reached = new Map<string, number>()
  readonly #view: ClusterView

  constructor(world: World, exercises: readonly Exercise[]) {
    this.#world = world
    this.#exercises = exercises
    this.#seen = exercises.map(each => each.watch?.start)
    const { api, engine } = world.cluster
    const get = (path: string, query = {}) =>
      api.handle({ method: 'GET', path, query, userAgent, managedFields: false, looks: true })
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
      file(name) {
        const path = resolvePath(workDirectory, name)
        return world.files.exists(path) ? world.files.read(path) : undefined
      },
      modified(name) {
        const path = resolvePath(workDirectory, name)
        return world.files.exists(path) ? world.files.stat(path).modified : undefined
      },
      get docker() {
        return dockerView(world.cluster)
      },
      pushed: image => world.cluster.registry.wasPushed(image),
    }
    for (const resource of new Set(exercises.flatMap(each => each.watch?.resources ?? [])))
      this.#watch(resource)
  }

  /** A timed exercise is not reached yet, and it matters when it will be. */
  get timing(): boolean {
    return this.#exercises.some(({ name, mark }) => mark !== undefined && !this.#reached.has(name))
  }

  /** How the exercises stand now. To be asked often: a moment that nobody looks at reaches nothing. */
  results(): ExerciseResult[] {
    return this.#exercises.map((each, i) => {
      const checks = Object.entries(checksOf(each)).map(([name, check]) => this.#result(name, check, i))
      if (checks.every(({ met }) => met) && !this.#reached.has(each.name))
        this.#reached.set(each.name, this.#world.elapsed)
      const took = this.#reached.get(each.name)
      return { name: each.name, checks, reached: took !== undefined, ...(took !== undefined && { took }) }
    })
  }

  #result(name: string, check: Check, index: number): CheckResult {
    const said = check(this.#view, this.#seen[index])
    if (typeof said === 'boolean') return { name, met: said }
    const { at, ...rest } = said
    const { elapsed } = this.#world
    return { name, ...rest, ...(at !== undefined && { at: at - (this.#view.now - elapsed) }) }
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
