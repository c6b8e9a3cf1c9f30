// Builds the stages that a target needs, side by side: each step is taken from the cache or done, and says so. What of a
// stage comes from the cache is only told when a later step has to be done, or at the end. After moby/buildkit: the
// frontend's order of loading (Dockerfile, metadata, .dockerignore, context), steps named `[builder 2/4] …`.

import type { FoundImage, ImageName } from '../../containers/registry.ts'
import type { Login } from '../../containers/registry-accounts.ts'
import { limitWords, tooManyRequests } from '../../containers/registry-limit.ts'
import { Deferred, Fiber, sleep, type Task, type Wait, wait } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { DaemonError } from '../errors.ts'
import { catalogContent } from '../images/catalog-content.ts'
import { parseReference, whatIsWrong } from '../images/reference.ts'
import { resolve } from '../images/registry-client.ts'
import { BuildError } from './errors.ts'
import { expandAt } from './expand.ts'
import { fetchBase } from './from-step.ts'
import type { Program, Stage } from './instructions.ts'
import { type ContextSource, loadContext } from './load-context.ts'
import { platformArgs } from './platform-args.ts'
import type { Progress, Vertex } from './progress.ts'
import { StageBuild } from './stage.ts'
import type { StageState } from './state.ts'
import { suggestion } from './suggest.ts'

export interface BuildOptions {
  readonly target: string | undefined
  readonly args: ReadonlyMap<string, string | undefined>
  readonly noCache: boolean
  readonly labels: Readonly<Record<string, string>>
  /** Whoever asks for a base image is logged in like this. */
  readonly login: (host: string) => Login | undefined
  readonly pull: boolean
}

/** A base image as it was found: in a registry, or among the images that are here. */
export interface BaseImage {
  readonly name: ImageName
  readonly found: FoundImage
}

const commonImages = ['alpine', 'busybox', 'centos', 'debian', 'golang', 'ubuntu', 'fedora']
/** Estimates: a look at a manifest that is known already, and one for a .dockerignore; both are recorded as 0.0 s. */
const metadataMs = 35
const ignoreMs = 6

export class Solver {
  readonly daemon: Daemon
  readonly progress: Progress
  readonly options: BuildOptions
  readonly escapeMark: string
  readonly context: ContextSource
  readonly #program: Program
  readonly #states = new Map<Stage, Deferred<StageState>>()
  readonly #bases = new Map<string, BaseImage>()
  readonly #builds = new Map<Stage, StageBuild>()
  readonly #failure = new Deferred<unknown>()

  constructor(
    daemon: Daemon,
    program: Program,
    escapeMark: string,
    context: ContextSource,
    progress: Progress,
    options: BuildOptions,
  ) {
    this.daemon = daemon
    this.escapeMark = escapeMark
    this.context = context
    this.progress = progress
    this.options = options
    this.#program = program
  }

  /** The stage to build: the last one, or the target by its name or number. */
  target(): Stage {
    const { stages } = this.#program
    const { target } = this.options
    if (target === undefined) return stages.at(-1)!
    const found = this.findStage(target, stages.length)
    if (!found) throw new BuildError(`target stage ${JSON.stringify(target)} could not be found`)
    return found
  }

  /** A stage by name or number among the first `before`; the newest of a name. */
  findStage(text: string, before: number): Stage | undefined {
    const { stages } = this.#program
    const name = text.toLowerCase()
    const byName = stages.slice(0, before).findLast(each => each.name === name)
    if (byName) return byName
    return /^\d+$/.test(text) && Number(text) < before ? stages[Number(text)] : undefined
  }

  indexOf(stage: Stage): number {
    return this.#program.stages.indexOf(stage)
  }

  get stages(): readonly Stage[] {
    return this.#program.stages
  }

  /** The base of a stage with the arguments before the first FROM in it. */
  baseName(stage: Stage): string {
    const values = this.metaArgs()
    const unset: string[] = []
    const text = expandAt(stage.base, name => values.get(name), this.escapeMark, stage.lines, unset)
    if (!text) throw new BuildError(`base name (${stage.base}) should not be blank`, stage.lines)
    return text
  }

  metaArgs(): ReadonlyMap<string, string | undefined> {
    const values = new Map<string, string | undefined>(platformArgs)
    for (const { args, lines } of this.#program.metaArgs)
      for (const [name, value] of args)
        values.set(
          name,
          this.options.args.get(name) ??
            (value === undefined
              ? undefined
              : expandAt(value, each => values.get(each), this.escapeMark, lines)),
        )
    return values
  }

  /** Builds; throws BuildError. */
  *solve(): Task<StageState> {
    const target = this.target()
    const needed = this.#needed(target)
    yield* this.#metadata(needed)
    yield* this.#ignoreFile()
    for (const stage of needed) {
      const build = new StageBuild(this, stage)
      this.#builds.set(stage, build)
      this.#states.set(stage, new Deferred())
    }
    // What cannot be right whatever the steps do is told before they begin.
    for (const build of this.#builds.values()) build.check()
    this.progress.total =
      [...this.#builds.values()].reduce((sum, build) => sum + build.steps, 0) +
      this.progress.vertices.length +
      (this.#usesContext ? 1 : 0)
    this.#nameBases(needed)
    const { engine } = this.daemon
    const fibers: Fiber<void>[] = []
    const guarded = (task: Task): void => {
      const self = this
      fibers.push(
        new Fiber(
          engine,
          (function* (): Task {
            try {
              yield* task
            } catch (error) {
              self.#failure.settle(error)
            }
          })(),
        ),
      )
    }
    try {
      for (const stage of [...needed].reverse()) guarded(this.#build(stage))
      if (this.#usesContext) {
        guarded(this.#loadContext())
        for (const build of this.#builds.values()) guarded(build.checkContext())
      }
      const done = this.#states.get(target)!
      const winner = yield* wait(first(done, this.#failure))
      if (winner === 'second') {
        const error = this.#failure.value
        yield* sleep(2)
        throw error
      }
      for (const stage of [target, ...needed]) this.tellCached(stage)
      return done.value!
    } finally {
      for (const fiber of fibers) fiber.kill()
      for (const vertex of this.progress.vertices) vertex.cancel()
    }
  }

  /** Waits for a stage that others need. */
  *state(stage: Stage): Task<StageState> {
    return yield* wait(this.#states.get(stage)!)
  }

  base(text: string): BaseImage {
    return this.#bases.get(text)!
  }

  *#build(stage: Stage): Task {
    const build = this.#builds.get(stage)!
    this.#states.get(stage)!.settle(yield* build.run())
  }

  /** The stages that the target stands on, and those that it copies from, in the order of the file. */
  #needed(target: Stage): Stage[] {
    const found = new Set<Stage>()
    const visit = (stage: Stage) => {
      if (found.has(stage)) return
      found.add(stage)
      const index = this.indexOf(stage)
      const base = this.findStage(this.baseName(stage), index)
      if (base) visit(base)
      for (const from of this.sourcesOf(stage)) {
        const other = this.findStage(from, index)
        if (other) visit(other)
      }
    }
    visit(target)
    return this.#program.stages.filter(stage => found.has(stage))
  }

  /** What a stage's COPYs take their files from, beside the context. */
  sourcesOf(stage: Stage): string[] {
    return stage.instructions.flatMap(each => (each.type === 'COPY' ? (each.flags.get('from') ?? []) : []))
  }

  get #usesContext(): boolean {
    return [...this.#builds.values()].some(build => build.usesContext)
  }

  /** Names of images that the stages need, each with the lines that name it. */
  #images(needed: readonly Stage[]): Map<string, readonly [number, number]> {
    const images = new Map<string, readonly [number, number]>()
    for (const stage of needed) {
      const index = this.indexOf(stage)
      const base = this.baseName(stage)
      if (base !== 'scratch' && !this.findStage(base, index)) images.set(base, stage.lines)
      for (const each of stage.instructions)
        if (each.type === 'COPY')
          for (const from of each.flags.get('from') ?? [])
            if (!this.findStage(from, index)) images.set(from, each.lines)
    }
    return images
  }

  /**
   * Asks for all of them at once; what is not there ends the build. BuildKit tells them in the order of a Go map; where a
   * later build of a directory has two, that of the file is the more frequent one (12 of 21).
   */
  *#metadata(needed: readonly Stage[]): Task {
    const images = this.#images(needed)
    const pending: { text: string; vertex: Vertex; name: ImageName; result: Deferred<unknown> }[] = []
    for (const [text, lines] of images) {
      if (whatIsWrong(text))
        throw new BuildError(
          `failed to parse stage name ${JSON.stringify(text)}: ${whatIsWrong(text)}`,
          lines,
        )
      const name = parseReference(text)
      const shown = `${name.host}/${name.path}${name.digest ? `@${name.digest}` : `:${name.tag}`}`
      const vertex = this.progress.vertex(`[internal] load metadata for ${shown}`)
      pending.push({ text, vertex, name, result: new Deferred() })
    }
    const fibers = pending.map(
      each => new Fiber(this.daemon.engine, this.#ask(each.text, each.name, each.vertex, each.result)),
    )
    try {
      for (const { result } of pending) yield* wait(result)
    } finally {
      for (const fiber of fibers) fiber.kill()
    }
    for (const { text, vertex, result } of pending) {
      if (vertex.error === undefined) continue
      const near = suggestion(text, [
        ...this.#program.stages.map(each => each.name).filter(Boolean),
        ...commonImages,
      ])
      const shown = vertex.name.replace(/^.* for /, '')
      throw new BuildError(
        `${text}: failed to resolve source metadata for ${shown}: ${result.value}${near ? ` (did you mean ${near}?)` : ''}`,
        images.get(text)!,
        vertex,
      )
    }
  }

  *#ask(text: string, name: ImageName, vertex: Vertex, result: Deferred<unknown>): Task {
    const { daemon } = this
    vertex.start()
    const local = this.options.pull ? undefined : daemon.images.byName(name)
    const shown = `${name.host}/${name.path}:${name.tag}`
    try {
      let found: FoundImage
      if (local && !daemon.machine.registry.find(shown)) {
        // It was built here and is nowhere else.
        yield* sleep(1)
        const { content } = local
        found = {
          image: local.image,
          tag: name.tag,
          size: 0,
          name: shown,
          digest: `${shown}@${local.id}`,
          content,
        }
      } else {
        found = yield* resolve(daemon, name, this.options.login(name.host))
        yield* sleep(metadataMs)
      }
      this.#bases.set(text, { name, found })
      vertex.done()
      result.settle(undefined)
    } catch (error) {
      if (!(error instanceof DaemonError)) throw error
      const limited = error.reason === tooManyRequests && daemon.machine.registry.find(shown)
      const why = limited ? limitWords(limited) : buildkitWords(error.reason, shown)
      vertex.done({ error: why })
      result.settle(why)
    }
  }

  *#ignoreFile(): Task {
    const vertex = this.progress.vertex('[internal] load .dockerignore').start()
    const status = vertex.status('transferring context:')
    yield* sleep(ignoreMs)
    vertex.update(status, this.context.ignoreBytes, true)
    vertex.done()
  }

  /** Names the base of each stage, in the order of the file, as 17 of 20 recorded builds do. */
  #nameBases(needed: readonly Stage[]): void {
    for (const stage of needed) this.#builds.get(stage)!.beginBase()
  }

  /** Fetches the base of a stage: called by the stage itself. */
  *fetch(base: BaseImage, vertex: Vertex): Task {
    const { daemon } = this
    const content = catalogContent(base.found, daemon.machine.registry.isMirror, daemon.engine.epoch)
    yield* fetchBase(daemon, base, content, vertex)
  }

  *#loadContext(): Task {
    const sources = [...this.#builds.values()].flatMap(build => build.contextSources)
    yield* loadContext(this.daemon, this.context, sources, this.progress)
  }

  /**
   * What of a stage came from the cache and was not told yet, with what it copied from others before it. BuildKit keeps it in
   * a Go map and so tells it in any order; that in which they stand on each other is the most frequent one (4 of 10).
   */
  tellCached(stage: Stage): void {
    const base = this.findStage(this.baseName(stage), this.indexOf(stage))
    if (base) this.tellCached(base)
    for (const { vertex, from } of this.#builds.get(stage)?.takePending() ?? []) {
      const source = from === undefined ? undefined : this.findStage(from, this.indexOf(stage))
      if (source) this.tellCached(source)
      vertex.start().done({ cached: true })
    }
  }
}

/** BuildKit asks registries by itself, and says it in containerd's words. */
function buildkitWords(reason: string, shown: string): string {
  if (/^manifest for .* not found/.test(reason)) return `${shown}: not found`
  if (/^pull access denied/.test(reason)) return `${shown}: not found`
  const request = /^Get "([^"]*)": ([\s\S]*)$/.exec(reason)
  if (request) {
    const [, host = '', path = '', tag = ''] = /^([^/]+)\/(.*):(.*)$/.exec(shown) ?? []
    const url = `${request[1]!.replace(/\/v2\/$/, '')}/v2/${path}/manifests/${tag}`
    return `failed to do request: Head "${url}": ${host ? request[2] : ''}`
  }
  if (/no basic auth credentials|unauthorized/.test(reason))
    return `${shown}: failed to authorize: failed to fetch oauth token: unexpected status from GET request: 401 Unauthorized`
  return reason
}

/** Which of two comes first. */
const first = (a: Wait<unknown>, b: Wait<unknown>): Wait<'first' | 'second'> => ({
  start(engine, wake) {
    let done = false
    const cancels: (() => void)[] = []
    for (const [each, which] of [
      [b, 'second'],
      [a, 'first'],
    ] as const)
      if (!done)
        cancels.push(
          each.start(engine, () => {
            if (done) return
            done = true
            wake(which)
          }),
        )
    return () => {
      done = true
      for (const cancel of cancels) cancel()
    }
  },
})
