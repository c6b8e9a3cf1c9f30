// What crictl's commands see of the runtime on their node: containers and sandboxes as the CRI has them, and its errors.
import type { Container } from '../../../containers/container.ts'
import { configDigest } from '../../../containers/content.ts'
import type { FoundImage } from '../../../containers/registry.ts'
import { formatTime } from '../../../engine/engine.ts'
import { humanDuration } from '../../../engine/go-units.ts'
import type { Process } from '../../../engine/process.ts'
import type { Task } from '../../../engine/task.ts'
import { sandboxId } from '../../create.ts'
import type { Kubelet } from '../../kubelet.ts'
import type { PodWorker } from '../../pod-worker.ts'
import type { Options } from './flags.ts'

/** What ends crictl: told as `level=fatal`, exit code 1. */
export class Fatal extends Error {
  /** What the client of the runtime logged before: a line of klog. */
  readonly logged: string
  constructor(message: string, logged = '') {
    super(message)
    this.logged = logged
  }
}

/** Go's log.Fatalf: without level. */
export class LogFatal extends Error {}

/** Shows the command's help instead. */
export class ShowHelp extends Error {
  readonly complaint: string
  constructor(complaint = '') {
    super(complaint)
    this.complaint = complaint
  }
}

export interface Call {
  readonly process: Process
  readonly kubelet: Kubelet
  readonly options: Options
  readonly configFile: string
}

export type Command = (call: Call) => Task<number>

const levels = {
  info: ['36', 'INFO'],
  warning: ['33', 'WARN'],
  error: ['31', 'ERRO'],
  fatal: ['31', 'FATA'],
} as const

/** A line of logrus: with times where stderr is no terminal. */
export function told({ engine, terminal }: Process, level: keyof typeof levels, text: string): string {
  const [colour, name] = levels[level]
  return terminal
    ? `\x1b[${colour}m${name}\x1b[0m[0000] ${text.padEnd(44)} \n`
    : `time="${formatTime(engine.now)}" level=${level} msg=${JSON.stringify(text)}\n`
}

/** Does it for all, whatever becomes of one; then says what went wrong (AggregateGoroutines of apimachinery's errors). */
export function* aggregate(
  { stderr }: Process,
  ids: readonly string[],
  one: (id: string) => Task,
  ignored = false,
): Task<number> {
  const messages = new Set<string>()
  for (const id of ids)
    try {
      yield* one(id)
    } catch (error) {
      if (!(error instanceof Fatal)) throw error
      stderr.write(error.logged)
      messages.add(error.message)
    }
  const [first, ...more] = messages
  if (first === undefined || ignored) return 0
  throw new Fatal(more.length ? `[${[first, ...more].join(', ')}]` : first)
}

export const short = (id: string): string => id.replace('sha256:', '').slice(0, 13)
export const imageId = (found: FoundImage): string => configDigest(found)
export const ago = ({ engine }: Kubelet, at: number): string => `${humanDuration(engine.now - at)} ago`

export interface FoundContainer {
  readonly container: Container
  readonly worker: PodWorker
}

/** The newest first. */
export function containersOf(kubelet: Kubelet): FoundContainer[] {
  const all = [...kubelet.workers].flatMap(worker =>
    worker.runtime.containers.map(container => ({ container, worker })),
  )
  return all.sort((a, b) => b.container.state.createdAt - a.container.state.createdAt)
}

export interface FoundPod {
  readonly id: string
  readonly worker: PodWorker
  /** A little before its first container. */
  readonly createdAt: number
  readonly ready: boolean
}

/** The newest first. */
export function podsOf(kubelet: Kubelet): FoundPod[] {
  return [...kubelet.workers]
    .filter(({ runtime }) => runtime.sandbox)
    .map(worker => ({
      id: sandboxId(worker.pod),
      worker,
      createdAt: Math.min(kubelet.engine.now, ...worker.runtime.containers.map(c => c.state.createdAt)),
      ready: worker.runtime.sandbox!.state.ready,
    }))
    .sort((a, b) => b.createdAt - a.createdAt)
}

/** What the client's library logs of a call that failed. `call`: `ContainerStatus from runtime`. */
export const klog = (kubelet: Kubelet, call: string, error: string, field: string, id: string): string => {
  const [, month = '', day = '', time = ''] = /^\d{4}-(\d\d)-(\d\d)T([\d:]+)/.exec(
    formatTime(kubelet.engine.now),
  )!
  return `E${month}${day} ${time}.000000    1042 log.go:32] ${JSON.stringify(`${call} service failed`)} err=${JSON.stringify(error)} ${field}=${JSON.stringify(id)}\n`
}

/** Throws what containerd says of an id that it does not know. `call`: of the CRI; `doing`: what crictl was about. */
export function containerById(kubelet: Kubelet, id: string, call: string, doing: string): FoundContainer {
  if (!id) throw new Fatal('ID cannot be empty')
  const found = containersOf(kubelet).find(({ container }) => container.state.id.startsWith(id))
  if (found) return found
  const error = `rpc error: code = NotFound desc = an error occurred when try to find container "${id}": not found`
  throw new Fatal(`${doing}${error}`, klog(kubelet, `${call} from runtime`, error, 'containerID', id))
}

export function podById(kubelet: Kubelet, id: string, call: string, doing: string): FoundPod {
  if (!id) throw new Fatal('ID cannot be empty')
  const found = podsOf(kubelet).find(pod => pod.id.startsWith(id))
  if (found) return found
  const error = `rpc error: code = NotFound desc = an error occurred when try to find sandbox: not found`
  throw new Fatal(`${doing}${error}`, klog(kubelet, `${call} from runtime`, error, 'podSandboxID', id))
}

/** By name, id or the beginning of one. */
export function imageBy({ images }: Kubelet, text: string): FoundImage | undefined {
  if (!text) return undefined
  const id = text.replace('sha256:', '')
  return (
    images.find(text) ??
    (/^[0-9a-f]+$/.test(id)
      ? images.present.find(found => imageId(found).slice(7).startsWith(id))
      : undefined)
  )
}

/** Names of images with and without their tags, sorted, that `images` and `inspecti` are asked for. */
export function chosenImages(kubelet: Kubelet, wanted: string, filters: readonly string[]): FoundImage[] {
  const one = wanted ? imageBy(kubelet, wanted) : undefined
  let all = kubelet.images.present
    .filter(found => !wanted || (one && imageId(one) === imageId(found)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const fail = (why: string) => new Fatal(`listing images: filter images: ${why}`)
  for (const filter of all.length ? filters : []) {
    const [name, value = ''] = filter.split(/=(.*)/s)
    const isAt = (found: FoundImage) =>
      found.name === value || found.digest.startsWith(value) || imageId(found).startsWith(value)
    const at = all.findIndex(isAt)
    switch (name) {
      case 'dangling':
        all = all.filter(({ tag }) => (value === 'true' && !tag) || (value === 'false' && tag))
        break
      // By name, not by time: the client sorts before it cuts.
      case 'before':
        all = all.slice(at + 1)
        break
      case 'since':
        all = at < 0 ? all : all.slice(0, at)
        break
      case 'reference': {
        let pattern: RegExp
        try {
          pattern = new RegExp(value)
        } catch {
          throw fail(`error parsing regexp: ${value}`)
        }
        all = all.filter(({ digest }) => pattern.test(digest.split('@')[0]!))
        break
      }
      default:
        throw fail(`unknown filter flag: ${filter}`)
    }
  }
  return all
}

const matches = (pattern: string, text: string): boolean => {
  if (!pattern) return true
  try {
    return new RegExp(pattern).test(text)
  } catch {
    return false
  }
}

function labelsOf(options: Options): ReadonlyMap<string, string> {
  const labels = new Map<string, string>()
  for (const each of options.list('label')) {
    const [name = '', value, more] = each.split('=')
    if (value === undefined || more !== undefined) throw new Fatal(`incorrectly specified label: ${each}`)
    labels.set(name, value)
  }
  return labels
}

export const containerLabels = ({ container, worker: { pod } }: FoundContainer): Record<string, string> => ({
  'io.kubernetes.container.name': container.state.name,
  'io.kubernetes.pod.name': pod.metadata.name!,
  'io.kubernetes.pod.namespace': pod.metadata.namespace ?? '',
  'io.kubernetes.pod.uid': pod.metadata.uid!,
})

export const podLabels = ({ worker: { pod } }: FoundPod): Record<string, string> => ({
  ...pod.metadata.labels,
  'io.kubernetes.pod.name': pod.metadata.name!,
  'io.kubernetes.pod.namespace': pod.metadata.namespace ?? '',
  'io.kubernetes.pod.uid': pod.metadata.uid!,
})

const hasAll = (labels: Record<string, string>, wanted: ReadonlyMap<string, string>): boolean =>
  [...wanted].every(([name, value]) => labels[name] === value)

const first = <T>(all: readonly T[], options: Options): readonly T[] => {
  const last = options.number('last')
  return last > 0 ? all.slice(0, last) : options.is('latest') ? all.slice(0, 1) : all
}

/** Those that the flags choose. */
export function chosenContainers({ kubelet, options }: Call): readonly FoundContainer[] {
  const state = options.text('state').toLowerCase()
  if (state && !/^(created|running|exited|unknown)$/.test(state))
    throw new LogFatal('--state should be one of created, running, exited or unknown')
  const anyState = options.is('latest') || options.number('last') > 0
  const labels = labelsOf(options)
  const image = options.text('image')
  const wanted = image ? imageBy(kubelet, image) : undefined
  const all = containersOf(kubelet).filter(found => {
    const { container, worker } = found
    const own = container.state
    if (!anyState && (state ? own.state !== state : !options.is('all') && own.state !== 'running'))
      return false
    if (image && (!wanted || imageId(wanted) !== imageId(container.options.found))) return false
    return (
      own.id.startsWith(options.text('id')) &&
      sandboxId(worker.pod).startsWith(options.text('pod')) &&
      matches(options.text('name'), own.name) &&
      matches(options.text('namespace'), worker.pod.metadata.namespace ?? '') &&
      hasAll(containerLabels(found), labels)
    )
  })
  return first(all, options)
}

export function chosenPods({ kubelet, options }: Call): readonly FoundPod[] {
  const state = options.text('state').toLowerCase()
  if (state && !/^(not)?ready$/.test(state)) throw new LogFatal('--state should be ready or notready')
  const labels = labelsOf(options)
  const all = podsOf(kubelet).filter(
    found =>
      (!state || found.ready === (state === 'ready')) &&
      found.id.startsWith(options.text('id')) &&
      matches(options.text('name'), found.worker.pod.metadata.name!) &&
      matches(options.text('namespace'), found.worker.pod.metadata.namespace ?? '') &&
      hasAll(podLabels(found), labels),
  )
  return first(all, options)
}
