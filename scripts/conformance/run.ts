// Runs one case or one line of the corpus in a fresh world.
import { createCluster } from '../../src/cluster/cluster.ts'
import type { Answer } from '../../src/lesson/mask.ts'
import { World } from '../../src/lesson/world.ts'
import '../../src/parts/preload.ts'
import { type Case, type CorpusLine, milliseconds, type Step } from './cases.ts'

/** One line of the results, in the form that the head of tests/reference/compare.mjs describes. */
export type Result =
  | { case: string; step: number; stdout: string; stderr: string; exit: number | null }
  | { corpus: string; line: number; code: number; body: Answer['body'] }
  | { corpus: 'yaml'; line: number; stdout: string; stderr: string; exit: number | null }
  | { failure: string; error: string }

/** The recorded cluster's registry, as tests/reference/README.md tells of its stand-ins. */
const registry = {
  mirror: {
    versions: { nginx: '1.26.3', curl: '8.14.1' },
    sizes: { busybox: 1_341_905 },
    ports: { redis: 6379, postgres: 5432, mysql: 3306 },
  },
}
const backgroundHeadStart = 700
/** A command that has not ended by then is taken as ended by the time limit. */
const commandLimit = 180_000

/** Where the lines of a case are typed: on the workstation, or (docker's) on the machine that docker runs on. */
interface Place {
  write(file: string, text: string): void
  /** The line as the workstation's shell takes it. */
  line(step: Pick<Step, 'as'>, text: string): string
}

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
const machine = 'k8s-master'
const directory = '/home/learner/hellok8s'

function placeOf(world: World, caseName: string): Place {
  if (!caseName.startsWith('docker/'))
    return { write: (file, text) => world.write(file, text), line: (_, text) => text }
  const kubelet = world.cluster.kubelets.get(machine)!
  const { files, images } = kubelet
  // The recorded machine was in no cluster: its containerd had no pods and none of Kubernetes' images. It had the
  // reader's user, who is in no group that matters, and no configuration for crictl.
  kubelet.stop()
  for (const worker of [...kubelet.workers]) {
    worker.removed = true
    kubelet.forget(worker)
  }
  for (const { name } of images.present) images.remove(name)
  files.mkdir(directory, { parents: true })
  files.write('/etc/passwd', `${files.read('/etc/passwd')}learner:x:1000:1000::/home/learner:/bin/bash\n`)
  files.remove('/etc/crictl.yaml')
  return {
    write(file, text) {
      const path = `${directory}/${file}`
      files.mkdir(path.slice(0, path.lastIndexOf('/')), { parents: true })
      files.write(path, text)
    },
    line({ as }, text) {
      const user = as ? `sudo -u ${as.split(' ')[0]} ` : ''
      const inside = `export HOME=/home/learner; cd ${directory}; ${text}`
      return `node-exec ${machine} ${user}bash -c ${quote(inside)}`
    },
  }
}

/** A recorded step follows the one before at once; what was done in between, and is not told, shows as a pause of some ms. */
const pauseMs = 10

/** A note tells where docker's daemon was stopped; the next pause is where it was started again. */
class UntoldService {
  #stopped = false

  before({ note = '', at }: Step, last: Step | undefined): 'stop' | 'start' | undefined {
    const paused = at !== undefined && last?.at !== undefined && at - last.at - (last.ms ?? 0) >= pauseMs
    const stops = /daemon is stopped/.test(note)
    if (!stops && !(this.#stopped && paused)) return undefined
    this.#stopped = stops
    return stops ? 'stop' : 'start'
  }
}

export function* runCase(each: Case, seed: number): Generator<Result> {
  const place = each.name.startsWith('docker/')
  const world = new World({ seed, registry, ...(!place && { files: { ...each.files } }) })
  const background: {
    step: number
    finish: () => Omit<Extract<Result, { case: string }>, 'case' | 'step'>
  }[] = []
  try {
    const { write, line } = placeOf(world, each.name)
    if (place) for (const [file, text] of Object.entries(each.files)) write(file, text)
    for (const command of each.setup) world.run(line({}, command), { limitMs: commandLimit })
    const begun = world.engine.now
    const daemon = new UntoldService()
    for (const [step, recorded] of each.steps.entries()) {
      if (recorded.wait) world.advance(milliseconds(recorded.wait))
      else if (recorded.write !== undefined) write(recorded.write, recorded.content ?? '')
      else if (recorded.until) {
        const limitMs = milliseconds(recorded.timeout ?? '90s')
        world.until(line(recorded, recorded.until), { everyMs: 500, limitMs })
      } else if (recorded.run !== undefined) {
        // A step begins no earlier than it did on the real cluster: what it shows is a matter of its moment.
        const due = begun + (recorded.at ?? 0) - world.engine.now
        if (due > 0) world.advance(due)
        const service = daemon.before(recorded, each.steps[step - 1])
        if (service) world.run(line({}, `systemctl ${service} docker`))
        const forMs = recorded.for === undefined ? undefined : milliseconds(recorded.for)
        const command = line(recorded, recorded.run)
        if (recorded.background) {
          const running = world.start(command, { forMs })
          background.push({ step, finish: () => running.finish(commandLimit) })
          world.advance(backgroundHeadStart)
        } else {
          const output = world.run(command, { forMs, limitMs: commandLimit })
          if (recorded.record !== false) yield { case: each.name, step, ...output }
        }
      }
    }
    for (const { step, finish } of background) yield { case: each.name, step, ...finish() }
  } catch (error) {
    yield { failure: each.name, error: stackOf(error) }
  }
}

export function runCorpusLine({ corpus, line, entry }: CorpusLine, seed: number): Result {
  try {
    if (corpus === 'yaml') {
      const world = new World({ seed, files: { 'manifest.yaml': entry.text } })
      const output = world.run('kubectl create --dry-run=server -f manifest.yaml', { limitMs: commandLimit })
      return { corpus, line, ...output }
    }
    const { api } = createCluster({ seed })
    const [path, search = ''] = entry.path.split('?')
    if (entry.base) {
      // The object that the request is about was there already, just made.
      const collection = entry.method === 'POST' ? path : path.replace(/\/[^/]+$/, '')
      api.handle({ method: 'POST', path: collection, body: entry.base, userAgent: 'unknown' })
    }
    const answer = api.handle({
      method: entry.method,
      path,
      query: Object.fromEntries(new URLSearchParams(search)),
      body: entry.body,
      contentType: entry.type,
      userAgent: 'unknown',
    })
    return { corpus, line, code: answer.code, body: answer.body }
  } catch (error) {
    return { failure: `corpus/${corpus} line ${line}`, error: stackOf(error) }
  }
}

const stackOf = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error))
