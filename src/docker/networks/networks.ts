// The networks of a daemon: which there are, who is on them, and the places that containers get there (libnetwork).
import type { Daemon } from '../daemon/daemon.ts'
import type { KnownName } from '../daemon/machine.ts'
import type { DockerContainer, DockerNetwork, Endpoint, NetworkPlace } from '../daemon/state.ts'
import { DaemonError } from '../errors.ts'
import { addressNumber, addressText, isWithin, overlap, pools, rangeOf } from './addresses.ts'

/** By name, id or the beginning of an id. */
export function findNetwork(daemon: Daemon, text: string): DockerNetwork | undefined {
  const byName = daemon.networks.get(text)
  if (byName) return byName
  const found = [...daemon.networks.values()].filter(({ id }) => id.startsWith(text))
  return /^[0-9a-f]+$/.test(text) && found.length === 1 ? found[0] : undefined
}

export function networkOf(daemon: Daemon, text: string): DockerNetwork {
  const found = findNetwork(daemon, text)
  if (!found) throw new DaemonError(`network ${text} not found`)
  return found
}

/** The containers on a network, with their places. */
export function* endpointsOn(
  daemon: Daemon,
  { name }: DockerNetwork,
): Generator<readonly [DockerContainer, Endpoint]> {
  for (const container of daemon.containers.values()) {
    const endpoint = container.endpoints.get(name)
    if (endpoint) yield [container, endpoint]
  }
}

export interface NewNetwork {
  readonly name: string
  readonly subnet: string
  readonly gateway: string
  readonly internal: boolean
  readonly labels: Readonly<Record<string, string>>
  readonly options: Readonly<Record<string, string>>
}

export function createNetwork(daemon: Daemon, wanted: NewNetwork): DockerNetwork {
  const { name, internal, labels, options } = wanted
  if (daemon.networks.has(name)) throw new DaemonError(`network with name ${name} already exists`)
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name))
    throw new DaemonError(
      `invalid network name: ${JSON.stringify(name)} includes invalid characters, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed`,
    )
  const taken = [...daemon.networks.values()].flatMap(({ subnet }) => subnet || [])
  const subnet = wanted.subnet ? normal(wanted.subnet) : freeSubnet(taken)
  if (wanted.subnet && taken.some(each => overlap(each, subnet)))
    throw new DaemonError('invalid pool request: Pool overlaps with other one on this address space')
  const { gateway } = wanted
  if (gateway && !isWithin(subnet, gateway))
    throw new DaemonError(
      `invalid network config:\ninvalid gateway ${gateway}: parent subnet is an IPv4 block`,
    )
  const network: DockerNetwork = {
    id: daemon.random.hex(64),
    name,
    driver: 'bridge',
    predefined: false,
    created: daemon.engine.now,
    subnet,
    gateway: gateway || addressText(rangeOf(subnet)!.first + 1),
    isChosen: wanted.subnet !== '',
    labels,
    options,
    internal,
  }
  daemon.networks.set(name, network)
  networkEvent(daemon, network, 'create')
  return network
}

function normal(text: string): string {
  const range = rangeOf(text)
  if (!range)
    throw new DaemonError(
      `invalid network config:\ninvalid subnet ${text}: ${text.includes('/') ? `invalid CIDR block notation` : `invalid CIDR block notation`}`,
    )
  return `${addressText(range.first)}/${text.split('/')[1]}`
}

function freeSubnet(taken: readonly string[]): string {
  for (const subnet of pools()) if (!taken.some(each => overlap(each, subnet))) return subnet
  throw new DaemonError('all predefined address pools have been fully subnetted')
}

export function removeNetwork(daemon: Daemon, network: DockerNetwork): void {
  const { name, predefined } = network
  if (predefined) throw new DaemonError(`${name} is a pre-defined network and cannot be removed`)
  const active = [...endpointsOn(daemon, network)]
  if (active.length) {
    const list = active.map(([container, { id }]) => `name:"${container.name}" id:"${id.slice(0, 12)}"`)
    throw new DaemonError(
      `error while removing network: network ${name} has active endpoints (${list.join(', ')})`,
    )
  }
  daemon.networks.delete(name)
  networkEvent(daemon, network, 'destroy')
}

export function networkEvent(
  daemon: Daemon,
  { id, name, driver }: DockerNetwork,
  action: string,
  container?: DockerContainer,
): void {
  const attributes = { ...(container && { container: container.id }), name, type: driver }
  daemon.events.add({ type: 'network', action, id, attributes })
}

/** Takes a container onto a network, with an address of its own; its namespace joins where it runs. */
export function connect(
  daemon: Daemon,
  container: DockerContainer,
  network: DockerNetwork,
  place: NetworkPlace,
): void {
  const { random, machine } = daemon
  const { name, subnet, gateway, internal } = network
  const endpoint: Endpoint = {
    id: random.hex(64),
    address: subnet ? takeAddress(daemon, network, place.address) : '',
    mac: macOf(random.hex(12)),
    aliases: place.aliases,
  }
  container.endpoints.set(name, endpoint)
  networkEvent(daemon, network, 'connect', container)
  if (!container.network || !endpoint.address) return
  const attachment = machine.attach(endpoint.address, () => knownNames(daemon, container))
  container.network.join(name, { attachment, subnet, gateway, mac: endpoint.mac, internal })
}

/** Of its own kind: locally administered, for one card. */
const macOf = (hex: string): string => {
  const first = ((Number.parseInt(hex.slice(0, 2), 16) & 0xfe) | 2).toString(16).padStart(2, '0')
  return [first, ...hex.slice(2).match(/../g)!].join(':')
}

export function disconnect(daemon: Daemon, container: DockerContainer, name: string): void {
  container.network?.part(name)
  container.endpoints.delete(name)
  const network = daemon.networks.get(name)
  if (network) networkEvent(daemon, network, 'disconnect', container)
}

function takeAddress(daemon: Daemon, network: DockerNetwork, wanted: string): string {
  const taken = new Set([
    network.gateway,
    ...[...endpointsOn(daemon, network)].map(([, each]) => each.address),
  ])
  const range = rangeOf(network.subnet)!
  if (wanted) {
    const invalid = (why: string) =>
      new DaemonError(
        `failed to set up container networking: invalid config for network ${network.name}: invalid endpoint settings:\n${why}`,
      )
    if (network.predefined)
      throw invalid('user specified IP address is supported on user defined networks only')
    if (!network.isChosen)
      throw invalid(
        'user specified IP address is supported only when connecting to networks with user configured subnets',
      )
    if (Number.isNaN(addressNumber(wanted)) || !isWithin(network.subnet, wanted))
      throw new DaemonError(
        `failed to set up container networking: no configured subnet contains IP address ${wanted}`,
      )
    if (taken.has(wanted))
      throw new DaemonError('failed to set up container networking: Address already in use')
    return wanted
  }
  for (let number = range.first + 1; number < range.last; number++)
    if (!taken.has(addressText(number))) return addressText(number)
  throw new DaemonError(
    "failed to set up container networking: no available IPv4 addresses on this network's address pools",
  )
}

/** What a container finds by name: the lines of its /etc/hosts, and whoever is with it on a network that has names. */
export function knownNames(daemon: Daemon, container: DockerContainer) {
  const hosts = container.files?.exists('/etc/hosts') ? container.files.read('/etc/hosts') : ''
  const known = hosts
    .split('\n')
    .map(line => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter(([address = '', ...names]) => names.length && !address.includes(':'))
    .map(([address = '', ...names]) => ({ address, names }))
  return [...known, ...servedNames(daemon, container)]
}

/** What docker's own name server (127.0.0.11) tells a container: who is with it on a network that has names. */
export function servedNames(daemon: Daemon, { endpoints }: DockerContainer): KnownName[] {
  const served: KnownName[] = []
  for (const name of endpoints.keys()) {
    const network = daemon.networks.get(name)
    if (!network || network.predefined) continue
    for (const [other, { address, aliases }] of endpointsOn(daemon, network))
      if (address) served.push({ address, names: dnsNames(other, aliases) })
  }
  return served
}

export const dnsNames = ({ name, id, settings }: DockerContainer, aliases: readonly string[]): string[] => [
  ...new Set([name, ...aliases, id.slice(0, 12), ...(settings.hostname ? [settings.hostname] : [])]),
]
