// crictl logs and exec, and what changes something: stop, rm, rmi, stopp, rmp, pull, config.

import type { FoundImage } from '../../../containers/registry.ts'
import { formatTime } from '../../../engine/engine.ts'
import { FileError } from '../../../engine/files.ts'
import { type Task, wait } from '../../../engine/task.ts'
import { parseGoDuration } from '../../../kinds/machinery/duration.ts'
import type { Kubelet } from '../../kubelet.ts'
import { killContainer } from '../../sync-containers.ts'
import {
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
} from './runtime.ts'

const configFile = '/etc/crictl.yaml'

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
  let { container, worker } = containerById(kubelet, id, 'ContainerStatus', '')
  if (options.is('previous')) {
    const { name, restartCount } = container.state
    const before = worker.runtime.containers.find(
      each => each.state.name === name && each.state.restartCount === restartCount - 1,
    )
    if (!before)
      throw new Fatal(
        `failed to find the previous container log in container ${JSON.stringify(id)} status: not found`,
      )
    container = before
  }
  const sinceTime = since(options.text('since'), kubelet.engine.now)
  const [tail, bytes] = [options.number('tail'), options.number('limit-bytes')]
  const isTimed = options.is('timestamps')
  const { log } = container
  let next = log.end
  process.stdout.write(
    log.text({
      ...(tail >= 0 && { tailLines: tail }),
      ...(bytes >= 0 && { limitBytes: bytes }),
      ...(sinceTime && { sinceTime }),
      timestamps: isTimed,
    }),
  )
  while (options.is('follow') && container.running) {
    yield* wait(log.changed)
    process.stdout.write(log.from(next, { timestamps: isTimed }))
    next = log.end
  }
  return 0
}

export const exec: Command = function* ({ process, kubelet, options }) {
  const [id = '', ...argv] = options.args
  if (!id) throw new Fatal('ID cannot be empty')
  if (argv.length === 0) throw new ShowHelp()
  const { container } = containerById(kubelet, id, 'ContainerStatus', 'execing command in container: ')
  if (!container.running)
    throw new Fatal(
      'execing command in container: rpc error: code = Unknown desc = container is in CONTAINER_EXITED state',
    )
  const started = container.exec(argv, process, options.is('tty') ? process.terminal : undefined)
  if ('error' in started)
    throw new Fatal(
      `execing command in container: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: ${started.error}: unknown`,
    )
  const outcome = yield* wait(started.fiber.outcome)
  const code = outcome.type === 'returned' ? outcome.value : 137
  if (code !== 0 && !options.is('quiet') && !options.is('ignore-errors'))
    throw new Fatal(`execing command in container: command terminated with exit code ${code}`)
  return 0
}

function* stopOne({ container, worker }: FoundContainer, seconds: number): Task {
  if (container.running) yield* killContainer(worker, container, seconds)
}

export const stop: Command = function* ({ process, kubelet, options }) {
  const { stdout } = process
  const isAll = options.is('all')
  if (isAll && options.args.length) throw new Fatal('cannot specify CONTAINER-ID(s) when using --all')
  if (!isAll && options.args.length === 0)
    throw new Fatal('you must specify at least one CONTAINER-ID or use --all')
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
  if (ids.length === 0) {
    if (all) return 0
    throw new ShowHelp()
  }
  for (const id of ids) {
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
  }
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
  const ids = options.is('all') ? podsOf(kubelet).map(({ id }) => id) : options.args
  if (ids.length === 0) {
    if (options.is('all')) return 0
    throw new ShowHelp()
  }
  for (const id of ids) {
    const doing = `getting sandbox status of pod ${JSON.stringify(id)}: `
    const { ready } = podById(kubelet, id, 'PodSandboxStatus', doing)
    if (ready) {
      if (!options.is('force'))
        throw new Fatal(`pod sandbox ${JSON.stringify(id)} is running, please stop it first`)
      throw notStopped('rmp --force')
    }
    process.stdout.write(`Removed sandbox ${id}\n`)
  }
  return 0
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
  const given = login(options.text('creds'))
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
  if (ids.length === 0) {
    if (isPrune || options.is('all')) return 0
    throw new ShowHelp()
  }
  for (const id of ids) {
    const found = imageBy(kubelet, id)
    if (!found) throw new Fatal(`no such image ${id}`)
    for (const each of [...kubelet.images.present])
      if (imageId(each) === imageId(found)) {
        kubelet.images.remove(each.name)
        stdout.write(`Deleted: ${each.name}\n`)
      }
  }
  return 0
}

export const version: Command = function* ({ process }) {
  process.stdout.write(
    'Version:  0.1.0\nRuntimeName:  containerd\nRuntimeVersion:  1.6.20~ds1\nRuntimeApiVersion:  v1\n',
  )
  return 0
}

const settings = {
  'runtime-endpoint': '',
  'image-endpoint': '',
  timeout: '2',
  debug: 'false',
  'pull-image-on-create': 'false',
  'disable-pull-on-run': 'false',
}

export const config: Command = function* ({ process, options }) {
  const { files, stdout } = process
  const values = new Map<string, string>(Object.entries(settings))
  try {
    for (const line of files.read(configFile).split('\n')) {
      const [, name, value = ''] = /^([\w-]+): *"?([^"]*)"?$/.exec(line) ?? []
      if (name && values.has(name)) values.set(name, value)
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error
  }
  const unknown = (name: string) => new Fatal(`no configuration option named ${JSON.stringify(name)}`)
  const get = options.text('get')
  if (get) {
    if (!values.has(get)) throw unknown(get)
    stdout.write(`${values.get(get)}\n`)
    return 0
  }
  if (options.is('list')) {
    const rows = [...values].map(([name, value]) => [name, value])
    stdout.write([['KEY', 'VALUE'], ...rows].map(([name, value]) => `${name!.padEnd(23)}${value}\n`).join(''))
    return 0
  }
  const changes = options.list('set').flatMap(each => each.split(','))
  const pairs = changes.length ? changes.map(each => each.split('=')) : [options.args]
  if (!pairs[0]?.[0]) throw new ShowHelp()
  for (const [name = '', value] of pairs) {
    if (!values.has(name)) throw unknown(name)
    if (value === undefined) throw new Fatal('failed to get channel option')
    values.set(name, value)
  }
  files.write(
    configFile,
    [...values]
      .map(
        ([name, value]) =>
          `${name}: ${value === '' || /endpoint/.test(name) ? JSON.stringify(value) : value}\n`,
      )
      .join(''),
  )
  return 0
}
