// The world of the library: the one of the lessons, with a memory of its inputs.
import { resolvePath } from '../engine/files.ts'
import { ActError, readFault } from '../lesson/act-text.ts'
import { History } from '../lesson/history.ts'
import { writeHistory } from '../lesson/history-text.ts'
import { lessonWorld } from '../lesson/lesson.ts'
import { play } from '../lesson/player.ts'
import { isPlayOptions, type PlayOptions, playLesson, playPlace } from '../lesson/playground.ts'
import { createScript } from '../lesson/script.ts'
import { parseTranscript } from '../lesson/transcript.ts'
import { version } from '../lesson/version.ts'
import { workDirectory } from '../lesson/workstation.ts'
import type { World as LessonWorld } from '../lesson/world.ts'
import { milliseconds } from './duration.ts'
import { WorldError } from './error.ts'
import { events, get, list } from './resources.ts'
import { Session } from './session.ts'
import type { Duration, Falsy, Fault, Load, RunningCommand, RunOptions, Where, World } from './types.ts'

/** A history knows four terminals: the first one is for `run`. */
const terminals = [2, 3, 4]
const untilLimit = { seconds: 90 }
const untilInterval = 100
/** Beside the working directory, so that it is in nobody's way there. */
const appliedFile = '/tmp/applied.yaml'

const scriptOf = (options: PlayOptions) =>
  createScript({ id: playPlace, lesson: playLesson(options), files: {}, transcript: '', version })

/** A world with what is asked of it; `inner` has the same and performs the inputs of a history. */
export function makeWorld(options: PlayOptions): { world: World; inner: LessonWorld } {
  const inner = lessonWorld(playLesson(options), {})
  return { world: new SimulatedWorld(options, inner), inner }
}

class SimulatedWorld implements World {
  readonly options: PlayOptions
  readonly #inner: LessonWorld
  readonly #history: History
  readonly #sessions = new Map<number, Session>()
  /** Something happened that is no input. */
  #untold = false

  constructor(options: PlayOptions, inner: LessonWorld) {
    this.options = options
    this.#inner = inner
    this.#history = new History(scriptOf(options).header)
    inner.onInput = input => {
      this.#toWholeMs()
      this.#history.add({ ...input, at: inner.elapsed })
    }
    inner.terminal(1)
  }

  /** A history tells times in whole ms, and what it leads to must be the same: so inputs happen then. */
  #toWholeMs(): void {
    const { elapsed } = this.#inner
    this.#inner.advance(Math.ceil(elapsed) - elapsed)
  }

  get now(): number {
    return this.#inner.engine.now
  }

  get elapsed(): number {
    return this.#inner.elapsed / 1000
  }

  #session(id: number): Session {
    const session = this.#sessions.get(id) ?? new Session(this.#inner, id)
    this.#sessions.set(id, session)
    return session
  }

  run(command: string, options: RunOptions = {}) {
    return this.#session(1).run(command, options)
  }

  start(command: string): RunningCommand {
    const free = terminals.find(id => !this.#sessions.get(id)?.busy)
    if (free === undefined)
      throw new WorldError(`${terminals.length} commands go on already: stop one of them`)
    return this.#session(free).start(command)
  }

  apply(manifest: string, { namespace }: { readonly namespace?: string } = {}) {
    this.write(appliedFile, manifest)
    const result = this.run(
      `kubectl apply -f ${appliedFile}${namespace === undefined ? '' : ` --namespace='${namespace}'`}`,
    )
    if (result.exitCode !== 0) throw new WorldError(result.output.trimEnd(), result)
    return result
  }

  advance(duration: Duration): void {
    this.#inner.advance(milliseconds(duration))
  }

  until<T>(condition: () => T | Falsy, { limit = untilLimit }: { readonly limit?: Duration } = {}): T {
    const end = this.#inner.elapsed + milliseconds(limit)
    for (;;) {
      const value = condition()
      if (value) return value
      const left = end - this.#inner.elapsed
      if (left <= 0)
        throw new WorldError(`Not so after ${milliseconds(limit) / 1000} s of the world's time: ${condition}`)
      this.#inner.advance(Math.min(untilInterval, left))
    }
  }

  write(file: string, text: string): void {
    if (typeof text !== 'string') throw new WorldError(`The file ${file} is no text`)
    this.#inner.write(file, text)
  }

  read(file: string): string {
    const { files } = this.#inner
    const path = resolvePath(workDirectory, file)
    if (!files.exists(path)) throw new WorldError(`There is no file ${path}`)
    return files.read(path)
  }

  objects(resource: string, where: Where = {}) {
    return list(this.#inner.cluster, resource, where)
  }

  object(name: string, { namespace }: Pick<Where, 'namespace'> = {}) {
    return get(this.#inner.cluster, name, namespace)
  }

  events(where: Where = {}) {
    return events(this.#inner.cluster, where)
  }

  inject(fault: Fault): void {
    this.#inner.inject(known(fault))
  }

  repair(fault: Fault): void {
    this.#inner.repair(known(fault))
  }

  addNode(): void {
    this.#inner.apply({ at: 0, type: 'add-node' })
  }

  load(load: Load): void {
    this.#inner.apply({ at: 0, type: 'load', load })
  }

  metrics(on: boolean): void {
    this.#inner.apply({ at: 0, type: 'metrics', on })
  }

  loadBalancer(on: boolean): void {
    this.#inner.apply({ at: 0, type: 'load-balancer', on })
  }

  anyImage(on: boolean): void {
    this.#inner.apply({ at: 0, type: 'any-image', on })
  }

  play(transcript: string) {
    const { steps } = parseTranscript(transcript, 'transcript')
    const commands = steps.flatMap(({ name, commands }) => commands.map(command => ({ name, command })))
    this.#untold ||= commands.some(({ command }) => command.before.some(({ type }) => type === 'until'))
    const outputs = play(
      this.#inner,
      commands.map(each => each.command),
    )
    return commands.map(({ name, command }, i) => ({
      step: name,
      command: command.text,
      expected: command.output,
      output: outputs[i] ?? '',
      same: outputs[i] === command.output,
    }))
  }

  history(): string {
    const { workers } = this.options
    if (!isPlayOptions(this.options))
      throw new WorldError(`The playground has no world of ${workers} workers`)
    if (this.#untold) throw new WorldError('What `# until` of a transcript has asked is no part of a history')
    this.#toWholeMs()
    this.#history.elapsed = this.#inner.elapsed
    return writeHistory(this.#history, {})
  }
}

/** What is misspelt would break nothing. */
function known(fault: Fault): Fault {
  const { type, ...values } = fault
  try {
    return readFault(
      type,
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
    )
  } catch (error) {
    throw error instanceof ActError ? new WorldError(error.message) : error
  }
}
