// `--filter` of docker ps: which containers are listed (moby daemon/list.go).
import { ownValue } from '../../engine/dictionary.ts'
import type { Daemon } from '../daemon/daemon.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { DaemonError } from '../errors.ts'
import { findNetwork } from '../networks/networks.ts'
import { portsOf } from './shown.ts'

export type Test = (docker: DockerContainer) => boolean

/** The values of each filter, by its name. */
export function filterValues(filters: readonly string[], known: readonly string[]): Map<string, string[]> {
  const byName = new Map<string, string[]>()
  for (const filter of filters) {
    const equals = filter.indexOf('=')
    const name = filter.slice(0, equals).trim().toLowerCase()
    if (!known.includes(name)) throw new DaemonError(`invalid filter '${name}'`)
    byName.set(name, [...(byName.get(name) ?? []), filter.slice(equals + 1).trim()])
  }
  return byName
}

/** Has it a label with this value, or at all? */
export function hasLabel(labels: Readonly<Record<string, string>>, filter: string): boolean {
  const [key = '', value] = filter.split(/=(.*)/s)
  const found = ownValue(labels, key)
  return value === undefined ? found !== undefined : found === value
}

export function pattern(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch {
    return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  }
}

/** `8080`, `8080/udp`, `8080-8090`: as `8080/tcp` and so on. */
function portRange(filter: string): string[] {
  const [ports = '', protocol = 'tcp'] = filter.split('/')
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(ports) ?? []
  const count = Number(last) - Number(first) + 1
  if (!first || !(count > 0) || Number(last) > 65_535)
    throw new DaemonError(`invalid filter: invalid port ${JSON.stringify(ports)}`)
  return Array.from({ length: count }, (_, i) => `${Number(first) + i}/${protocol}`)
}

const known =
  'ancestor before exited expose health id is-task label name network publish since status volume'.split(' ')
const statuses = ['created', 'restarting', 'running', 'removing', 'paused', 'exited', 'dead']

/** Tests that a container must pass all; `all`: the filters ask for those that do not run too. */
export function containerFilters(
  daemon: Daemon,
  filters: readonly string[],
): { readonly tests: readonly Test[]; readonly all: boolean } {
  const tests: Test[] = []
  const values = filterValues(filters, known)
  const any = (name: string, test: (docker: DockerContainer, value: string) => boolean) => {
    const wanted = values.get(name)
    if (wanted) tests.push(docker => wanted.some(value => test(docker, value)))
  }
  for (const value of values.get('status') ?? [])
    if (!statuses.includes(value)) throw new DaemonError(`invalid filter 'status=${value}'`)
  for (const value of values.get('exited') ?? [])
    if (!/^-?\d+$/.test(value)) throw new DaemonError(`invalid filter 'exited=${value}'`)
  any('status', (docker, value) => docker.status === value)
  any('exited', (docker, value) => docker.status === 'exited' && docker.exitCode === Number(value))
  any('id', (docker, value) => pattern(`^${value}`).test(docker.id))
  any('name', (docker, value) => pattern(value.replace(/^(\^?)\//, '$1')).test(docker.name))
  any('health', (docker, value) => (docker.health?.status ?? 'none') === value)
  any('is-task', (_, value) => !/^(1|true)$/.test(value))
  for (const value of values.get('label') ?? [])
    tests.push(({ settings }) => hasLabel(settings.labels, value))
  any('network', ({ endpoints, settings }, value) => {
    const name = findNetwork(daemon, value)?.name ?? value
    return endpoints.has(name) || settings.network === name
  })
  any('volume', ({ settings }, value) =>
    settings.mounts.some(({ source, target }) => source === value || target === value),
  )
  any('ancestor', ({ settings }, value) => {
    const image = daemon.findImageQuietly(value)
    if (!image) return false
    const own = daemon.images.get(settings.imageId)?.content.layers.map(({ diffId }) => diffId) ?? []
    return image.id === settings.imageId || image.content.layers.every(({ diffId }, i) => own[i] === diffId)
  })
  const [publish, expose] = ['publish', 'expose'].map(name => (values.get(name) ?? []).flatMap(portRange))
  if (publish!.length || expose!.length)
    tests.push(docker =>
      portsOf(docker).some(
        ({ hostPort, port, protocol }) =>
          publish!.includes(`${hostPort}/${protocol}`) || expose!.includes(`${port}/${protocol}`),
      ),
    )
  const order = [...daemon.containers.values()]
  for (const value of values.get('before') ?? []) {
    const at = order.indexOf(daemon.container(value))
    tests.push(docker => order.indexOf(docker) < at)
  }
  for (const value of values.get('since') ?? []) {
    const at = order.indexOf(daemon.container(value))
    tests.push(docker => order.indexOf(docker) > at)
  }
  const all = ['status', 'exited', 'before', 'since'].some(name => values.has(name))
  return { tests, all }
}
