// crictl logs, and what changes something: stop, rm, rmi, stopp, rmp, pull.

import { limit } from '../../../containers/logs.ts'
import type { FoundImage } from '../../../containers/registry.ts'
import { decodeBase64 } from '../../../engine/bytes.ts'
import { formatTime } from '../../../engine/engine.ts'
import type { Process } from '../../../engine/process.ts'
import { type Task, wait } from '../../../engine/task.ts'
import { parseGoDuration } from '../../../kinds/machinery/duration.ts'
import { ToolError } from '../../../shell/command.ts'
import type { Kubelet } from '../../kubelet.ts'
import { killContainer } from '../../sync-containers.ts'
import {
  aggregate,
  type Command,
  containerById,
  containersOf,
  Fatal,
  type FoundContainer,
  imageBy,
  imageId,
  klog,
  podById,
  podsOf,
  ShowHelp,
  told,
} from './runtime.ts'

/** `42m`, a date, or seconds since 1970, as a date. */
function since(text: string, now: number): string | undefined {
  if (!text) return undefined
  const ago = parseGoDuration(text)
  if (typeof ago === 'number') return formatTime(now - ago)
  if (/^\d+$/.test(text)) return formatTime(Number(text) * 1000)
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) return `${text}Z`
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)) return text
  throw new Fatal(`failed to parse value as time or duration: ${JSON.stringify(text)}`)
}

export const logs: Command = function* ({ process, kubelet, options }) {
  const [id = '', ...more] = options.args
  if (more.length) throw new ShowHelp()
  if (options.is('reopen')) process.stderr.write(told(process, 'info', 'Container logs reopened'))
  const stream = options.text('stream')
  if (stream && stream !== 'stdout' && stream !== 'stderr')
    throw new Fatal(`invalid stream ${JSON.stringify(stream)}, must be "stdout" or "stderr"`)
  if (stream && options.isGiven('tail')) throw new Fatal('--tail and --stream are mutually exclusive')
  let { container, worker } = containerById(kubelet, id, 'ContainerStatus', '')
  if (options.is('previous')) {
    const { name, restartCount } = container.state
    const before = worker.runtime.containers.find(
      each => each.state.name === name && each.state.restartCount === restartCount - 1,
    )
    if (!before) throw new Fatal(`previous terminated container ${name} not found`)
    container = before
  }
  const sinceTime = since(options.text('since'), kubelet.engine.now)
  const [tail, bytes] = [options.number('tail'), options.number('limit-bytes')]
  const isTimed = options.is('timestamps')
  const { log } = container
  let left = bytes >= 0 ? bytes : Infinity
  let next = log.start({ ...(tail >= 0 && { tailLines: tail }), ...(sinceTime && { sinceTime }) })
  const show = () => {
    for (const piece of log.pieces(next, { timestamps: isTimed })) {
      if (stream && piece.stream !== stream) continue
      const text = limit(piece.text, left)
      left -= text.length
      process[piece.stream].write(text)
    }
    next = log.end
  }
  show()
  while (options.is('follow') && container.running && left > 0) {
    yield* wait(log.changed)
    show()
  }
  return 0
}

function* stopOne({ container, worker }: FoundContainer, seconds: number): Task {
  if (container.running) yield* killContainer(worker, container, seconds)
}

export const stop: Command = function* ({ process, kubelet, options }) {
  const { stdout } = process
  const isAll = options.is('all')
  if (isAll && options.args.length) throw new ToolError('cannot specify CONTAINER-ID(s) when using --all')
  if (!isAll && options.args.length === 0)
    throw new ToolError('you must specify at least one CONTAINER-ID or use --all')
  const running = containersOf(kubelet).filter(({ container }) => container.running)
  const ids = isAll ? running.map(({ container }) => container.state.id) : options.args
  if (ids.length === 0) stdout.write('No running containers found.\n')
  for (const id of ids) {
    const doing = `stopping the container ${JSON.stringify(id)}: `
    yield* stopOne(containerById(kubelet, id, 'StopContainer', doing), options.number('timeout'))
    stdout.write(`${id}\n`)
  }
  return 0
}

export const rm: Command = function* ({ process, kubelet, options }) {
  const all = options.is('all')
  const ids = all ? containersOf(kubelet).map(({ container }) => container.state.id) : options.args
  if (ids.length === 0) return nothing(process, all, 'containers')
  return yield* aggregate(process, ids, function* (id) {
    const doing = `getting container status ${JSON.stringify(id)}: `
    const found = containerById(kubelet, id, 'ContainerStatus', doing)
    if (found.container.running) {
      if (!options.is('force'))
        throw new Fatal(`container ${JSON.stringify(id)} is running, please stop it first`)
      yield* stopOne(found, 0)
      process.stdout.write(`${id}\n`)
    }
    found.worker.runtime.forget(found.container)
    process.stdout.write(`${id}\n`)
  })
}

/** There is none: of all that is no fault, and without --all one has forgotten to name any. */
function nothing(process: Process, isAll: boolean, what: string): number {
  if (!isAll) throw new ShowHelp()
  process.stderr.write(told(process, 'info', `No ${what} to remove`))
  return 0
}

/** The kubelet of this world does not make a sandbox anew. */
const notStopped = (name: string): Fatal =>
  new Fatal(`${name}: this simulator does not stop a pod behind the kubelet's back: kubectl delete pod does`)

export const stopp: Command = function* ({ kubelet, options }) {
  const [id] = options.args
  if (id === undefined) throw new ShowHelp()
  podById(kubelet, id, 'StopPodSandbox', `stopping the pod sandbox ${JSON.stringify(id)}: `)
  throw notStopped('stopp')
}

export const rmp: Command = function* ({ process, kubelet, options }) {
  const all = options.is('all')
  const ids = all ? podsOf(kubelet).map(({ id }) => id) : options.args
  if (ids.length === 0) return nothing(process, all, 'pods')
  return yield* aggregate(process, ids, function* (id) {
    const doing = `getting sandbox status of pod ${JSON.stringify(id)}: `
    const { ready } = podById(kubelet, id, 'PodSandboxStatus', doing)
    if (ready) {
      if (!options.is('force'))
        throw new Fatal(`pod sandbox ${JSON.stringify(id)} is running, please stop it first`)
      throw notStopped('rmp --force')
    }
    process.stdout.write(`Removed sandbox ${id}\n`)
  })
}

/** What a user gave to log in with. */
function login(text: string): { user: string; password: string } | undefined {
  if (!text) return undefined
  const [user = '', password = ''] = text.split(/:(.*)/s)
  return { user, password }
}

export const pull: Command = function* ({ process, kubelet, options }) {
  const [reference = '', ...more] = options.args
  if (!reference) throw new Fatal('image name cannot be empty')
  if (more.length) throw new ShowHelp()
  const [creds, auth] = [options.text('creds'), options.text('auth')]
  if (creds && auth) throw new Fatal('both `--creds` and `--auth` are specified')
  if (/^:/.test(creds)) throw new Fatal("username can't be empty")
  const given = login(creds || (decodeBase64(auth) ?? ''))
  const result = yield* kubelet.images.fetch(reference, given && [given])
  if (!result.ok) {
    // The kubelet drops a code that says nothing; the client does not.
    const error = /^rpc error/.test(result.message)
      ? result.message
      : `rpc error: code = Unknown desc = ${result.message}`
    throw new Fatal(
      `pulling image: ${error}`,
      klog(kubelet, 'PullImage from image', error, 'image', reference),
    )
  }
  kubelet.images.put(reference, result.found)
  process.stdout.write(`Image is up to date for ${imageId(result.found)}\n`)
  return 0
}

function unused(kubelet: Kubelet): FoundImage[] {
  const used = new Set(containersOf(kubelet).map(({ container }) => imageId(container.options.found)))
  return kubelet.images.present.filter(found => !used.has(imageId(found)))
}

export const rmi: Command = function* ({ process, kubelet, options }) {
  const { stdout } = process
  const isPrune = options.is('prune')
  const chosen = isPrune ? unused(kubelet) : options.is('all') ? kubelet.images.present : []
  const ids = [...options.args, ...new Set([...chosen].map(imageId))]
  if (ids.length === 0) return nothing(process, isPrune || options.is('all'), 'images')
  return yield* aggregate(process, ids, function* (id) {
    const found = imageBy(kubelet, id)
    if (!found) throw new Fatal(`no such image ${id}`)
    for (const each of [...kubelet.images.present])
      if (imageId(each) === imageId(found)) {
        kubelet.images.remove(each.name)
        stdout.write(`Deleted: ${each.name}\n`)
      }
  })
}

export const version: Command = function* ({ process }) {
  process.stdout.write(
    'Version:  0.1.0\nRuntimeName:  containerd\nRuntimeVersion:  1.6.20~ds1\nRuntimeApiVersion:  v1\n',
  )
  return 0
}
