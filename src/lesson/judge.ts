// The judge of exercises and drills: asks their checks, remembers for them what changed and what was asked, measures how
// long they have held together, and counts the reader's commands.
import type { ApiRequest, WatchEvent } from '../api/types.ts'
import { resolvePath } from '../engine/files.ts'
import { resources } from '../kinds/resources.ts'
import { dockerView } from './docker-view.ts'
import {
  type Change,
  type Check,
  type CheckResult,
  type ClusterView,
  checksOf,
  type Exercise,
  type ExerciseResult,
  type Watch,
} from './exercise.ts'
import { changesIn } from './own-commands.ts'
import { RequestLog } from './requests.ts'
import { workDirectory } from './workstation.ts'
import type { World } from './world.ts'

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

/** What the judge asks, nothing in the world comes to know of. */
const look = (path: string): ApiRequest => ({
  method: 'GET',
  path,
  userAgent: 'exercises',
  managedFields: false,
  looks: true,
})

/** Goals that must hold for a while are looked at so often, in virtual ms. */
const beat = 1000

/** A watch and what it has seen so far. */
interface Memory {
  readonly watch: Watch
  seen: unknown
}

interface Goal {
  readonly name: string
  readonly check: Check
  /** Its own, or that of its exercise. */
  readonly memory: Memory | undefined
}

/** An exercise with all that its judge keeps of it. */
interface Case {
  readonly exercise: Exercise
  readonly goals: readonly Goal[]
  /** Since when all goals have held, virtual ms since the start of the world. */
  since: number | undefined
  /** When it was first seen that all goals were true, and held for as long as they must. */
  reached: number | undefined
  /** The reader's commands that changed something, until then. */
  commands: number
}

export class ExerciseJudge {
  readonly #world: World
  readonly #cases: readonly Case[]
  readonly #memories: Memory[] = []
  readonly #view: ClusterView

  constructor(world: World, exercises: readonly Exercise[]) {
    this.#world = world
    this.#cases = exercises.map(exercise => this.#caseOf(exercise))
    const requests = exercises.length ? new RequestLog(world.cluster.network) : undefined
    const { engine } = world.cluster
    const get = (path: string, query = {}) => this.#get(path, query)
    this.#view = {
      get now() {
        return engine.now
      },
      list(resource, { labels, namespace = 'default' } = {}) {
        const { code, body } = get(pathOf(resource, namespace), labels ? { labelSelector: labels } : {})
        return code === 200 ? body.items : []
      },
      get(resource, name, namespace = 'default') {
        if (!name) return // that path is the collection's
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
      requests: client => requests!.of(client),
    }
    for (const resource of new Set(this.#memories.flatMap(each => each.watch.resources)))
      this.#watch(resource)
    if (exercises.some(each => each.hold)) this.#keepBeat()
  }

  /** A timed exercise is not reached yet, and it matters when it will be. */
  get timing(): boolean {
    return this.#cases.some(({ exercise, reached }) => exercise.mark !== undefined && reached === undefined)
  }

  /** The reader typed a line. */
  typed(line: string): void {
    for (const each of this.#cases) if (each.reached === undefined) each.commands += changesIn(line)
  }

  /**
   * How the exercises stand now. To be asked often: a moment that nobody looks at reaches nothing, but where the goals
   * must hold for a while; that is measured by the clock of the world.
   */
  results(): ExerciseResult[] {
    return this.#cases.map(each => {
      const { exercise, commands } = each
      const checks = each.goals.map(goal => this.#result(goal))
      const all = checks.every(({ met }) => met)
      if (!exercise.hold && each.reached === undefined && all) each.reached = this.#world.elapsed
      const { reached: took, since } = each
      const held = all && since !== undefined ? this.#world.elapsed - since : 0
      return {
        name: exercise.name,
        checks,
        reached: took !== undefined,
        ...(took !== undefined && { took }),
        ...(exercise.hold && took === undefined && { held: [held, exercise.hold * 1000] as const }),
        commands,
      }
    })
  }

  #caseOf(exercise: Exercise): Case {
    const shared = this.#remember(exercise.watch)
    const goals = Object.entries(checksOf(exercise)).map(([name, check]) =>
      typeof check === 'function'
        ? { name, check, memory: shared }
        : { name, check: check.check, memory: this.#remember(check.watch) },
    )
    return { exercise, goals, since: undefined, reached: undefined, commands: 0 }
  }

  #remember(watch: Watch | undefined): Memory | undefined {
    if (!watch) return
    const memory = { watch, seen: watch.start }
    this.#memories.push(memory)
    return memory
  }

  #result({ name, check, memory }: Goal): CheckResult {
    const said = check(this.#view, memory?.seen)
    if (typeof said !== 'object') return { name, met: said === true }
    const { at, course, ...rest } = said
    const start = this.#view.now - this.#world.elapsed
    return {
      name,
      ...rest,
      ...(at !== undefined && { at: at - start }),
      ...(course && {
        course: { ...course, points: course.points.map(([time, count]) => [time - start, count] as const) },
      }),
    }
  }

  #keepBeat(): void {
    const { engine } = this.#world
    const each = () => {
      for (const one of this.#cases) this.#hold(one)
      engine.after(beat, each, { background: true })
    }
    each()
  }

  /** Whether the goals have held for long enough, by now. */
  #hold(one: Case): void {
    const { hold } = one.exercise
    if (!hold || one.reached !== undefined) return
    const { elapsed } = this.#world
    const met = one.goals.every(goal => this.#result(goal).met)
    one.since = met ? (one.since ?? elapsed) : undefined
    if (one.since !== undefined && elapsed - one.since >= hold * 1000) one.reached = one.since
  }

  #get(path: string, query: Readonly<Record<string, string>> = {}) {
    const { api } = this.#world.cluster
    return api.handle({ ...look(path), query })
  }

  /** Tells the memories of what there is at the beginning, at once, and of every change after it. */
  #watch(resource: string): void {
    const path = pathOf(resource, undefined)
    const { body } = this.#get(path)
    for (const object of body.items ?? []) this.#note({ type: 'ADDED', resource, object })
    const resourceVersion: string = body.metadata?.resourceVersion ?? ''
    this.#world.cluster.api.watch(
      { ...look(path), query: { watch: 'true', resourceVersion } },
      (event: WatchEvent) => {
        if (event.type === 'BOOKMARK' || event.type === 'ERROR') return
        this.#note({ type: event.type, resource, object: event.object })
      },
    )
  }

  #note(change: Change): void {
    for (const memory of this.#memories)
      if (memory.watch.resources.includes(change.resource))
        memory.seen = memory.watch.next(memory.seen, change, this.#view)
  }
}
