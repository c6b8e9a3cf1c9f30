// The worker of the lab (src/site/worker/main.ts) without a browser, and what a page knows of it.
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { vi } from 'vitest'
import type { PartTable } from '../../src/engine/parts.ts'
import type { Lesson } from '../../src/lesson/lesson.ts'
import type { FromWorker, Start, TerminalId, ToWorker } from '../../src/site/worker/protocol.ts'

const root = join(import.meta.dirname, '../..')

export interface LessonFiles {
  /** `04-deployment/04-roll-back` */
  readonly id: string
  readonly lesson: Lesson
  readonly start: Start
}

/** Paths of all lessons, by their ids. */
export const lessonIds: readonly string[] = globSync('content/*/*/lesson.ts', { cwd: root })
  .map(path => dirname(path).replaceAll('\\', '/').replace('content/', ''))
  .sort()

export async function lessonOf(id: string): Promise<LessonFiles> {
  const lesson: Lesson = (await import(join(root, 'content', id, 'lesson.ts'))).default
  const folder = join(root, 'examples', basename(dirname(id)))
  const files = Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter(each => each.isFile())
      .map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
  // Nothing is foreseen: what is needed is met.
  const needs = { first: {}, rest: {} }
  const transcript = files[lesson.transcript] ?? ''
  return { id, lesson, start: { type: 'start', lesson: id, language: 'zh', files, transcript, needs } }
}

type Told<T extends FromWorker['type']> = Extract<FromWorker, { type: T }>

const tickMs = 50

export class WorkerPage {
  /** Takes away code before each message; else all of it is there from the start. */
  readonly #starving: boolean
  readonly #scope = {} as { onmessage(event: { data: ToWorker }): void }
  #rare!: PartTable<unknown>
  #taken: number
  #tick = () => {}
  #now = 0
  readonly #screens = new Map<TerminalId, string>()
  readonly #objects = new Map<string, unknown>()
  readonly #verdicts = new Map<string, unknown>()
  /** Of the row of time. */
  #ticks: readonly unknown[] = []
  readonly #latest = new Map<string, FromWorker>()
  /** How often code was missing. */
  misses = 0

  private constructor(starving: boolean, first: number) {
    this.#starving = starving
    this.#taken = first
  }

  /**
   * A worker of its own, with modules of its own: nothing of them is loaded yet. A starving one loses a room's code before
   * each message and tick, one room after another from the one with the number `first` on.
   */
  static async create(start: Start, starving: boolean, first = 0): Promise<WorkerPage> {
    const page = new WorkerPage(starving, first)
    vi.resetModules()
    const ready = new Promise<void>((resolve, reject) => {
      Object.assign(page.#scope, {
        postMessage(message: FromWorker) {
          page.#hear(message)
          if (message.type === 'failed') reject(new Error(message.error))
          if (message.type !== 'ready') return
          page.send({ type: 'pace', speed: 0 })
          resolve()
        },
      })
    })
    vi.stubGlobal('self', page.#scope)
    // Real time passes by ticks alone: how fast this machine is changes nothing.
    vi.stubGlobal('performance', { now: () => page.#now })
    vi.stubGlobal('setInterval', (tick: () => void) => {
      page.#tick = tick
    })
    const { rareParts } = await import('../../src/engine/rare.ts')
    page.#rare = rareParts
    const put = rareParts.put.bind(rareParts)
    rareParts.put = (name, part) => {
      page.misses++
      put(name, part)
    }
    if (!starving) await (await import('../../src/parts/load.ts')).loadAll()
    await import(join(root, 'src/site/worker/main.ts'))
    page.send(start)
    await ready
    await page.settled()
    return page
  }

  send(message: ToWorker): void {
    this.#starve()
    this.#scope.onmessage({ data: message })
  }

  /** Sends, and waits until everything that was sent has been carried out. */
  async do(...messages: ToWorker[]): Promise<void> {
    for (const message of messages) {
      this.send(message)
      await this.settled()
    }
  }

  /** A line in the first terminal, until it waits for another one, or for an editor. */
  async type(text: string): Promise<void> {
    this.#latest.delete('prompt')
    await this.do({ type: 'input', terminal: 1, text })
    for (let i = 0; i < 180 && this.busy; i++) await this.do({ type: 'pass', ms: 1000 })
  }

  /** Into how many the rare code is cut. */
  get rooms(): number {
    return this.#rare.names.length
  }

  get busy(): boolean {
    return !this.last('edit')?.editor && this.last('prompt')?.busy !== false
  }

  /** Real time passes. */
  async tick(): Promise<void> {
    this.#now += tickMs
    this.#starve()
    this.#tick()
    await this.settled()
  }

  /** Messages are handled one after another: once a later one is answered, the earlier ones have been. */
  async settled(): Promise<void> {
    this.#latest.delete('shared')
    this.#scope.onmessage({ data: { type: 'share' } })
    await vi.waitFor(() => this.last('shared') ?? this.#failed(), { timeout: 60_000, interval: 1 })
  }

  last<T extends FromWorker['type']>(type: T): Told<T> | undefined {
    return this.#latest.get(type) as Told<T> | undefined
  }

  /** All that the page shows. */
  get view(): unknown {
    const { shared: _, ...latest } = Object.fromEntries(this.#latest)
    return {
      screens: Object.fromEntries(this.#screens),
      objects: Object.fromEntries([...this.#objects].sort()),
      verdicts: Object.fromEntries(this.#verdicts),
      ticks: this.#ticks,
      ...latest,
    }
  }

  #starve(): void {
    if (this.#starving) this.#rare.forget(this.#rare.names[this.#taken++ % this.#rare.names.length]!)
  }

  #failed(): never {
    throw new Error(this.last('failed')?.error ?? 'no answer')
  }

  #hear(message: FromWorker): void {
    switch (message.type) {
      case 'clear':
        this.#screens.set(message.terminal, '')
        break
      case 'echo':
        this.#print(message.terminal, `${message.prompt}${message.text}\n`)
        break
      case 'output':
        this.#print(message.terminal, message.text)
        break
      case 'objects':
        if (message.reset) this.#objects.clear()
        for (const row of message.changed) this.#objects.set(row.uid, row)
        for (const uid of message.deleted) this.#objects.delete(uid)
        break
      case 'ticks':
        this.#ticks = [...this.#ticks.slice(0, message.from), ...message.ticks]
        break
      case 'exercise':
        this.#verdicts.set(message.name, message)
        break
      case 'events':
        break
      case 'clock':
        // It is told once a second.
        this.#latest.set('clock', { ...message, elapsed: Math.floor(message.elapsed / 1000) })
        break
      case 'prompt':
        if (message.terminal === 1) this.#latest.set('prompt', message)
        break
      default:
        this.#latest.set(message.type, message)
    }
  }

  #print(terminal: TerminalId, text: string): void {
    this.#screens.set(terminal, (this.#screens.get(terminal) ?? '') + text)
  }
}
