// Published ports: which of the machine's ports lead into a container as long as it runs.
import type { Daemon } from '../daemon/daemon.ts'
import type { PublishedPort } from '../daemon/machine.ts'
import type { DockerContainer, PortBinding } from '../daemon/state.ts'
import { DaemonError } from '../errors.ts'

/** Ports that docker picks by itself begin here, as the kernel's do. */
const firstFree = 32_768
const lastFree = 60_999

const bound = (address: string): string => address || '0.0.0.0'

/** Everything that it publishes, on the first of its bridges; throws where a port is taken. */
export function publishPorts(daemon: Daemon, docker: DockerContainer): void {
  const { endpoints } = docker
  const [network, endpoint] = [...endpoints].find(([, { address }]) => address) ?? []
  if (!network || !endpoint) return
  for (const binding of bindingsOf(docker)) {
    const [port = '', protocol = 'tcp'] = binding.port.split('/')
    const published = {
      hostAddress: bound(binding.hostAddress),
      protocol: protocol as 'tcp' | 'udp',
      address: endpoint.address,
      port: Number(port),
    }
    const fail = (why: string) => {
      throw new DaemonError(
        `failed to set up container networking: driver failed programming external connectivity on endpoint ${docker.name} (${endpoint.id}): ${why}`,
      )
    }
    const hostPort = binding.hostPort || freePort(daemon, published)
    const one: PublishedPort = { ...published, hostPort }
    if (isAllocated(daemon, one))
      fail(`Bind for ${one.hostAddress}:${hostPort} failed: port is already allocated`)
    if (!daemon.machine.publish(one))
      fail(
        `failed to bind host port for ${one.hostAddress}:${hostPort}:${one.address}:${port}/${protocol}: address already in use`,
      )
    docker.published.push(one)
  }
}

/** What was asked for, and with `-P` every port that the image exposes. */
function bindingsOf({ settings }: DockerContainer): readonly PortBinding[] {
  const { bindings, exposed, publishAll } = settings
  const asked = new Set(bindings.map(({ port }) => port))
  const others = publishAll ? exposed.filter(port => !asked.has(port)) : []
  return [...bindings, ...others.map(port => ({ port, hostAddress: '', hostPort: 0 }))]
}

function isAllocated(daemon: Daemon, one: Omit<PublishedPort, 'address' | 'port'>): boolean {
  for (const { published } of daemon.containers.values())
    for (const each of published) {
      if (each.hostPort !== one.hostPort || each.protocol !== one.protocol) continue
      const all = [each.hostAddress, one.hostAddress].includes('0.0.0.0')
      if (all || each.hostAddress === one.hostAddress) return true
    }
  return false
}

function freePort(daemon: Daemon, one: Omit<PublishedPort, 'hostPort'>): number {
  for (let hostPort = firstFree; hostPort <= lastFree; hostPort++)
    if (!isAllocated(daemon, { ...one, hostPort })) return hostPort
  throw new DaemonError('all ports are allocated')
}

export function unpublishPorts(daemon: Daemon, docker: DockerContainer): void {
  for (const port of docker.published) daemon.machine.unpublish(port)
  docker.published = []
}
