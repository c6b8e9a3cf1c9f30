// Puts docker on the control plane's machine: the daemon gets that machine's disk, processes, memory and network. The
// workstation is a client of the same daemon, as Docker Desktop's machine is: what is published there can be reached at
// the workstation's localhost too, and what is mounted or built are the client's own files.
import type { Cluster } from '../cluster/cluster.ts'
import { parseIgnore } from '../docker/build/ignore.ts'
import { serviceChanged } from '../docker/containers/start.ts'
import { Daemon } from '../docker/daemon/daemon.ts'
import type { Attachment, KnownName, Machine, PublishedPort } from '../docker/daemon/machine.ts'
import { dockerClient } from '../docker/docker.ts'
import type { StoredImage } from '../docker/images/store.ts'
import { resolvePath } from '../engine/files.ts'
import type { HttpHandler, Listener } from '../engine/network.ts'
import { Random } from '../engine/random.ts'
import type { ClusterNetwork } from '../network/cluster-network.ts'
import type { Host } from '../network/host.ts'
import type { Tool } from '../shell/command.ts'
import { type DockerView, showDocker } from './docker-view.ts'
import { masterName } from './node-access.ts'

type Kubelet = Cluster['kubelets'] extends ReadonlyMap<string, infer K> ? K : never

const daemons = new WeakMap<Cluster, Daemon>()
const forwardTimeoutMs = 60_000

function daemonOf(cluster: Cluster): Daemon {
  let daemon = daemons.get(cluster)
  if (!daemon) {
    const machine = machineOf(cluster, cluster.kubelets.get(masterName)!)
    daemon = new Daemon(machine, new Random(cluster.engine.seed).fork('docker'))
    daemons.set(cluster, daemon)
    const made = daemon
    showDocker(cluster, () => viewOf(made))
    cluster.kubelets.get(masterName)!.dockerService!.changed = active => serviceChanged(made, active)
  }
  return daemon
}

const programOf = ({ entrypoint = [], cmd = [], workingDir = '/', root }: StoredImage['image']): string =>
  [...entrypoint, ...cmd]
    .map(word => resolvePath(workingDir, word))
    .map(path => (root?.exists(path) && root.stat(path).type === 'file' ? root.read(path) : ''))
    .join('')

const viewOf = ({ images, containers }: Daemon): DockerView => ({
  images: images.all.map(each => ({
    id: each.id,
    tags: [...each.tags],
    digests: [...each.digests],
    size: images.sizeOf(each),
    created: each.content.created,
    get program() {
      return programOf(each.image)
    },
  })),
  containers: [...containers.values()].map(({ name, settings, status, startedAt, published }) => ({
    name,
    image: settings.imageId,
    status,
    since: status === 'running' ? startedAt : undefined,
    ports: published.map(({ hostPort, port }) => ({ host: hostPort, container: port })),
  })),
  ignores: (text, path) => parseIgnore(text).matches(path),
})

export const dockerTools = (cluster: Cluster): readonly Tool[] => [
  { name: 'docker', summary: 'build images, run containers', run: dockerClient(() => daemonOf(cluster)) },
]

function machineOf({ engine, network, registry }: Cluster, kubelet: Kubelet): Machine {
  const node = kubelet.network
  const workstation = new Map<string, Listener>()
  const keyOf = ({ protocol, hostPort }: PublishedPort) => `${protocol}/${hostPort}`
  return {
    engine,
    name: kubelet.name,
    files: kubelet.files,
    storage: kubelet.storage,
    pids: kubelet.pids,
    memory: kubelet.memory,
    registry,
    network: node.network,
    disk: kubelet.disk,
    service: kubelet.dockerService!,
    attach(address: string, names: () => readonly KnownName[]): Attachment {
      const host = node.addLocal(address)
      return {
        network: node.namespace(host, () => ({
          nameserver: 'silent',
          search: [],
          ndots: 1,
          hosts: names(),
        })),
        leave: () => node.removeLocal(host),
      }
    },
    publish(port) {
      const protocol = port.protocol.toUpperCase()
      const { hostPort } = port
      const taken = protocol === 'TCP' && node.host.service(hostPort)
      if (taken || node.hostPort(hostPort, protocol)) return false
      const hostAddress = loopbackOf(port)
      node.forward(hostPort, protocol, { address: port.address, port: port.port, proxied: true, hostAddress })
      const listener = network.workstation.listen(
        hostPort,
        forwarder(network, node.host, port),
        undefined,
        hostAddress,
      )
      if (listener) workstation.set(keyOf(port), listener)
      return true
    },
    unpublish(port) {
      node.unforward(port.hostPort, port.protocol.toUpperCase(), loopbackOf(port))
      workstation.get(keyOf(port))?.close()
      workstation.delete(keyOf(port))
    },
  }
}

/** Published for the machine alone. */
const loopbackOf = ({ hostAddress }: PublishedPort): string | undefined =>
  hostAddress.startsWith('127.') ? hostAddress : undefined

/** What comes to the workstation's own port goes on to the container, by way of its machine. */
const forwarder = (network: ClusterNetwork, from: Host, { address, port }: PublishedPort): HttpHandler =>
  function* (request) {
    const { patienceMs = forwardTimeoutMs } = request
    const answer = yield* network.exchange(from, address, port, request, patienceMs)
    if (answer.ok) return answer.value
    return answer.error.type === 'refused' ? 'abrupt' : undefined
  }
