// One stage of a build: its base, then its steps one after another, each from the cache where the same step stood on the
// same state before.
import type { HistoryEntry, Layer } from '../../containers/content.ts'
import { imageFiles } from '../../containers/image-files.ts'
import { Disk, machineBytes } from '../../engine/disk.ts'
import { type Files, resolvePath } from '../../engine/files.ts'
import { MemoryFiles } from '../../engine/memory-files.ts'
import { sleep, type Task, wait } from '../../engine/task.ts'
import { catalogContent } from '../images/catalog-content.ts'
import type { StepResult } from './cache.ts'
import { ConfigurationError, configure } from './configure.ts'
import { ContextUse, isStep } from './context-use.ts'
import { checksum, NotFound, sourcesOf } from './copy.ts'
import { copyOwner } from './copy-owner.ts'
import { type CopySource, copyStep, heredocSource } from './copy-step.ts'
import { BuildError } from './errors.ts'
import { expandAt } from './expand.ts'
import {
  type ArgStep,
  type CommandStep,
  type CopyStep,
  type Instruction,
  nameOf,
  parseInstruction,
  type Stage,
  type TextStep,
} from './instructions.ts'
import { layerBetween } from './layers.ts'
import { contextPaths, wantedIn } from './load-context.ts'
import { platformArgs } from './platform-args.ts'
import type { Vertex } from './progress.ts'
import { runArgs, runStep } from './run-step.ts'
import type { Solver } from './solver.ts'
import { envOf, fromScratch, nextKey, type StageState } from './state.ts'

const comment = 'buildkit.dockerfile.v0'

/** A step that came from the cache and was not told yet. */
export interface Pending {
  readonly vertex: Vertex
  /** The stage or image that it copies from. */
  readonly from: string | undefined
}

export class StageBuild {
  readonly stage: Stage
  readonly #solver: Solver
  #pending: Pending[] = []
  #place = 1
  #baseVertex: Vertex | undefined
  #hasCmd = false
  #instructions: readonly Instruction[]
  readonly #contextUse: ContextUse
  #missed: BuildError | undefined

  constructor(solver: Solver, stage: Stage) {
    this.#solver = solver
    this.stage = stage
    this.#instructions = stage.instructions
    this.#contextUse = new ContextUse(solver, stage.instructions)
  }

  /** Its numbered steps, the base among them. */
  get steps(): number {
    return 1 + this.#instructions.filter(isStep).length
  }

  /** `[builder 2/4] `, or without the name where the file has one stage. */
  get #prefix(): string {
    const { stages } = this.#solver
    const name = this.stage.name || `stage-${this.#solver.indexOf(this.stage)}`
    const own = this.steps - (this.#isOnStage ? 1 : 0)
    return `[${stages.length > 1 ? `${name} ` : ''}${this.#place}/${own}] `
  }

  /** Its base is another stage, or nothing: no step fetches it. */
  get #isOnStage(): boolean {
    const base = this.#solver.baseName(this.stage)
    return base === 'scratch' || this.#solver.findStage(base, this.#solver.indexOf(this.stage)) !== undefined
  }

  get usesContext(): boolean {
    return this.#contextUse.isAny
  }

  /** Paths of the context that its steps take. */
  get contextSources(): string[] {
    return this.#contextUse.sources
  }

  /** What is wrong whatever the steps do: told before any of them begins. */
  check(): void {
    for (const each of this.#instructions)
      if (each.type === 'EXPOSE' || each.type === 'STOPSIGNAL')
        try {
          configure(
            { env: [] },
            each,
            text =>
              expandAt(text, name => this.#contextUse.argument(name), this.#solver.escapeMark, each.lines),
            false,
          )
        } catch (error) {
          if (!(error instanceof ConfigurationError)) throw error
          throw new BuildError(error.message, each.lines)
        }
  }

  /** Names and begins its base step, in the order of the file. */
  beginBase(): void {
    const { stage } = this
    const text = this.#solver.baseName(stage)
    if (text === 'scratch' || this.#solver.findStage(text, this.#solver.indexOf(stage))) return
    const { name, found } = this.#solver.base(text)
    const shown = `${name.host}/${name.path}${name.tag ? `:${name.tag}` : ''}`
    this.#baseVertex = this.#solver.progress.vertex(
      `${this.#prefix}FROM ${shown}@${found.digest.split('@')[1]}`,
    )
    this.#baseVertex.start()
  }

  /** What came from the cache and was not told yet. */
  takePending(): Pending[] {
    const pending = this.#pending
    this.#pending = []
    return pending
  }

  /** `from`: what the next step copies from, which has to be there too. */
  #tellCached(from?: string): void {
    const solver = this.#solver
    solver.tellCached(this.stage)
    const source = from === undefined ? undefined : solver.findStage(from, solver.indexOf(this.stage))
    if (source) solver.tellCached(source)
  }

  *run(): Task<StageState> {
    let state = yield* this.#base()
    // What the base asks of those who build on it comes first.
    const triggers = state.config.onBuild ?? []
    if (triggers.length) {
      this.#instructions = [...triggers.map(text => this.#trigger(text)), ...this.#instructions]
      state = { ...state, config: { ...state.config, onBuild: undefined } }
    }
    for (const step of this.#instructions) state = yield* this.#step(state, step)
    return state
  }

  #trigger(text: string): Instruction {
    const [, typed = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text)!
    const raw = {
      word: typed.toUpperCase(),
      typed,
      rest,
      original: text,
      lines: this.stage.lines,
      heredocs: [],
    }
    return parseInstruction(raw, this.#solver.escapeMark)
  }

  *#base(): Task<StageState> {
    const solver = this.#solver
    const { daemon } = solver
    const text = solver.baseName(this.stage)
    const now = () => daemon.engine.now
    const common = {
      layers: [],
      history: [],
      created: undefined,
      args: new Map<string, string | undefined>(),
    }
    if (text === 'scratch') {
      this.#place = 0
      return {
        ...common,
        root: new MemoryFiles({ now, disk: new Disk(machineBytes) }),
        ...fromScratch,
      }
    }
    const other = solver.findStage(text, solver.indexOf(this.stage))
    if (other) {
      this.#place = 0
      return { ...(yield* solver.state(other)), args: common.args }
    }
    const base = solver.base(text)
    yield* solver.fetch(base, this.#baseVertex!)
    const content = catalogContent(base.found, daemon.machine.registry.isMirror, daemon.engine.epoch)
    const { image } = base.found
    return {
      ...common,
      root: imageFiles(now, base.found).fork({ disk: new Disk(machineBytes) }),
      layers: content.layers,
      history: content.history,
      config: content.config,
      base: image,
      key: content.id,
    }
  }

  #lookup(state: StageState): (name: string) => string | undefined {
    return name => envOf(state.config, name) ?? (state.args.has(name) ? state.args.get(name) : undefined)
  }

  #expander(state: StageState, lines: readonly [number, number]): (text: string) => string {
    const lookup = this.#lookup(state)
    return text => expandAt(text, lookup, this.#solver.escapeMark, lines)
  }

  *#step(state: StageState, step: Instruction): Task<StageState> {
    const expand = this.#expander(state, step.lines)
    if (step.type === 'ARG') return this.#arg(state, step, expand)
    if (step.type === 'RUN') return yield* this.#run(state, step as CommandStep)
    if (step.type === 'WORKDIR') return yield* this.#workdir(state, step as TextStep, expand)
    if (step.type === 'COPY' || step.type === 'ADD') return yield* this.#copy(state, step, expand)
    let configured: ReturnType<typeof configure>
    try {
      configured = configure(state.config, step, expand, this.#hasCmd)
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error
      throw new BuildError(error.message, step.lines)
    }
    if (step.type === 'CMD') this.#hasCmd = true
    const { config, createdBy } = configured!
    return { ...state, config, history: [...state.history, this.#empty(state, createdBy)] }
  }

  #empty(state: StageState, createdBy: string): HistoryEntry {
    return { created: state.created ?? this.#solver.daemon.engine.now, createdBy, comment, empty: true }
  }

  #arg(state: StageState, step: ArgStep, expand: (text: string) => string): StageState {
    const args = new Map(state.args)
    const { options } = this.#solver
    const known = new Map(platformArgs)
    for (const [name, value] of step.args) {
      const given = options.args.get(name)
      const fallback =
        value === undefined ? (known.get(name) ?? this.#solver.metaArgs().get(name)) : expand(value)
      args.set(name, given ?? fallback)
    }
    const shown = step.args.map(
      ([name]) => `${name}${args.get(name) === undefined ? '' : `=${args.get(name)}`}`,
    )
    return { ...state, args, history: [...state.history, this.#empty(state, `ARG ${shown.join(' ')}`)] }
  }

  /** Takes a step from the cache, or does it; `make` answers with the new files. */
  *#cached(
    state: StageState,
    name: string,
    key: string,
    createdBy: string,
    make: (vertex: Vertex) => Task<MemoryFiles>,
    { ignoresNoCache = false, from }: { ignoresNoCache?: boolean; from?: string | undefined } = {},
  ): Task<StageState> {
    const { daemon, progress, options } = this.#solver
    this.#place++
    const vertex = progress.vertex(`${this.#prefix}${name}`)
    const { engine, cache } = daemon
    let result: StepResult | undefined
    if (!options.noCache || ignoresNoCache) result = cache.step(key, engine.now)
    if (result) this.#pending.push({ vertex, from })
    else {
      this.#tellCached(from)
      this.#recallBase()
      vertex.start()
      const made = yield* make(vertex)
      const isRun = name.startsWith('RUN')
      const layer = layerBetween(
        state.root,
        made,
        isRun || name.startsWith('WORKDIR') ? String(engine.now) : '',
      )
      result = { root: made, layer, created: engine.now }
      cache.keep(key, result, `${this.#prefix}${name}`, engine.now)
      vertex.done()
    }
    const { root, layer, created } = result
    const layers: Layer[] = layer ? [...state.layers, layer] : [...state.layers]
    const entry: HistoryEntry = { created, createdBy, comment, ...(!layer && { empty: true }) }
    return { ...state, root, layers, created, key, history: [...state.history, entry] }
  }

  *#run(state: StageState, step: CommandStep): Task<StageState> {
    const argv = runArgs(step, state)
    const args = [...state.args].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
    const counted = args.length ? `|${args.length} ${args.join(' ')} ` : ''
    const key = nextKey(
      state.key,
      'RUN',
      ...argv,
      '',
      ...state.config.env,
      ...args,
      state.config.workingDir ?? '',
      state.config.user ?? '',
    )
    return yield* this.#cached(
      state,
      nameOf(step),
      key,
      `RUN ${counted}${argv.join(' ')} # buildkit`,
      vertex => runStep(this.#solver.daemon, state, argv, args, vertex, step.lines),
    )
  }

  *#workdir(state: StageState, step: TextStep, expand: (text: string) => string): Task<StageState> {
    const text = expand(step.text)
    const path = resolvePath(state.config.workingDir || '/', text)
    const { daemon } = this.#solver
    const configured = { ...state, config: { ...state.config, workingDir: path } }
    return yield* this.#cached(
      configured,
      `WORKDIR ${text}`,
      nextKey(state.key, 'WORKDIR', path),
      `WORKDIR ${path}`,
      function* () {
        yield* sleep(daemon.chance.take('buildWorkdir') * daemon.machine.disk.slowness)
        const root = state.root.fork({ now: () => daemon.engine.now })
        root.mkdir(path, { parents: true })
        return root
      },
      { ignoresNoCache: true },
    )
  }

  *#copy(state: StageState, step: CopyStep, expand: (text: string) => string): Task<StageState> {
    const solver = this.#solver
    const { daemon, context } = solver
    const from = step.flags.get('from')?.at(-1)
    const sources = step.sources.map(expand)
    const target = expand(step.target)
    const name = nameOf(step)
    // A copy that is new here will be done whatever it copies: what it stands on is fetched at once.
    const shape = nextKey(state.key, step.type, step.original)
    if (solver.options.noCache || !daemon.cache.knowsCopy(shape)) this.#tellCached()
    let files: Files
    let isWanted = (_: string): boolean => true
    if (from !== undefined) files = yield* this.#source(from)
    else {
      files = context.files
      isWanted = wantedIn(context)
      if (sources.some(each => !each.startsWith('<<'))) yield* wait(context.loaded)
    }
    const now = () => daemon.engine.now
    const found: CopySource[] = []
    for (const source of sources) {
      if (/^https?:\/\//.test(source)) return this.#noNetwork(step, name, source)
      const document = heredocSource(step, source, expand, now)
      if (document) {
        found.push(document)
        continue
      }
      try {
        const paths = from === undefined ? contextPaths(context, source) : sourcesOf(files, source)
        found.push({ files, paths, isWanted })
      } catch (error) {
        if (!(error instanceof NotFound)) throw error
        this.#missing(step, this.#place + 1, error)
      }
    }
    const sums = found.map(each => checksum(each.files, each.paths, each.isWanted))
    const place = resolvePath(state.config.workingDir || '/', target)
    const flags = [...step.flags]
      .filter(([flag]) => flag !== 'from')
      .flatMap(([flag, values]) => [flag, ...values])
    const key = nextKey(state.key, step.type, place, target, ...flags, ...sums)
    daemon.cache.keepCopy(shape)
    const owner = copyOwner(state.root, step, expand)
    return yield* this.#cached(
      state,
      name,
      key,
      `${step.type} ${sources.join(' ')} ${target} # buildkit`,
      () => copyStep(daemon, state, step, found, { target, place, owner }),
      { from },
    )
  }

  /**
   * Fails as soon as the context is here and lacks what a COPY names, whatever the steps before it do: its checksum stands
   * on no other step.
   */
  *checkContext(): Task {
    yield* wait(this.#solver.context.loaded)
    const missing = this.#contextUse.missing()
    if (missing) this.#missing(missing.step, missing.place + (this.#isOnStage ? 0 : 1), missing.error)
  }

  #missing(step: CopyStep, place: number, { message }: NotFound): never {
    if (this.#missed) throw this.#missed
    const { progress, daemon } = this.#solver
    this.#tellCached()
    this.#place = place
    this.#recallBase()
    const vertex = progress.vertex(`${this.#prefix}${nameOf(step)}`)
    const reason = `failed to calculate checksum of ref ${daemon.random.uuid()}::${daemon.cache.newId()}: ${message}`
    vertex.start().done({ error: reason })
    this.#missed = new BuildError(`failed to compute cache key: ${reason}`, step.lines, vertex)
    throw this.#missed
  }

  /** The step right upon the base is done: where that was here, it is taken from the cache, and says so. */
  #recallBase(): void {
    if (this.#place === 2) this.#baseVertex?.recall()
  }

  /** The builder has no way out of this world. */
  #noNetwork(step: CopyStep, name: string, source: string): never {
    const host = /^https?:\/\/([^/:]+)/.exec(source)?.[1] ?? ''
    this.#place++
    const vertex = this.#solver.progress.vertex(`${this.#prefix}${name}`)
    const reason = `Get "${source}": dial tcp: lookup ${host} on 127.0.0.1:53: no such host`
    vertex.start().done({ error: reason })
    throw new BuildError(`failed to load cache key: ${reason}`, step.lines, vertex)
  }

  /** The files of another stage, or of an image. */
  *#source(from: string): Task<Files> {
    const solver = this.#solver
    const stage = solver.findStage(from, solver.indexOf(this.stage))
    if (stage) return (yield* solver.state(stage)).root
    const base = solver.base(from)
    return imageFiles(() => solver.daemon.engine.now, base.found)
  }
}
