// Makes sandboxes and containers of pods: addresses, names, command lines, files. What kuberuntime asks of the CRI.

import { Container, initKilled, leastMemory } from '../containers/container.ts'
import { programsOf } from '../containers/image-files.ts'
import {
  machineNamespaces,
  type NamespaceKind,
  type Namespaces,
  type ProcessNamespaces,
} from '../containers/namespaces.ts'
import type { PidNamespace } from '../containers/processes.ts'
import type { FoundImage } from '../containers/registry.ts'
import { type BindMount, mountTable, rootFiles } from '../containers/root-files.ts'
import type { ContainerSpec } from '../containers/types.ts'
import { Disk } from '../engine/disk.ts'
import { parseTime } from '../engine/engine.ts'
import type { Files } from '../engine/files.ts'
import { Random } from '../engine/random.ts'
import type { Host } from '../network/host.ts'
import type { Resolver } from '../network/host-network.ts'
import { CreateError, expand } from './environment.ts'
import type { PodWorker } from './pod-worker.ts'
import { hostsFile, podResolver } from './resolver.ts'
import { memoryLimitOf, quantityValue } from './resources.ts'
import { unavailable } from './runtime-service.ts'
import { containerSecurity, oomScoreAdj } from './security.ts'
import { sysctlsOf } from './sysctls.ts'
import type { Pod } from './types.ts'

/** The runtime's name for the pod's sandbox. */
export const sandboxId = ({ metadata }: Pod): string => new Random(1).fork(`sandbox ${metadata.uid}`).hex(64)

/** Gives the pod its network; answers with the problem where that cannot be done. */
export function createSandbox(worker: PodWorker): string | undefined {
  const { kubelet, runtime, pod } = worker
  const { network } = kubelet
  if (!kubelet.runtimeService.active) return `Failed to create pod sandbox: ${unavailable}`
  const handler = handlerOf(worker)
  if (handler !== undefined && !handlers.includes(handler))
    return `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox runtime: no runtime for "${handler}" is configured`
  const smallest = podMemoryLimit(pod)
  if (smallest !== undefined && smallest < leastMemory)
    return `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${initKilled}: unknown`
  const host = pod.spec.hostNetwork ? network.host : network.addPod()
  if (!host)
    return `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: plugin type="bridge" failed (add): failed to allocate for range 0: no IP addresses available in range set`
  if (!pod.spec.hostNetwork) host.pod = pod
  openSandbox(worker, host)
  if (!pod.spec.hostNetwork)
    for (const { ports = [] } of pod.spec.containers)
      for (const { hostPort, hostIP, containerPort, protocol = 'TCP' } of ports)
        if (hostPort) {
          const hostAddress = hostIP && hostIP !== '0.0.0.0' ? hostIP : undefined
          network.forward(hostPort, protocol, { address: host.address, port: containerPort, hostAddress })
        }
  const { name, namespace, uid } = pod.metadata
  kubelet.journal.runtime('info', () => {
    const metadata = `&PodSandboxMetadata{Name:${name},Uid:${uid},Namespace:${namespace},Attempt:0,}`
    return `RunPodSandbox for ${metadata} returns successfully`
  })
  runtime.changed()
  return undefined
}

/** What containerd is told of here. */
const handlers = ['', 'runc']

/** The runtime that the pod's RuntimeClass asks for. */
function handlerOf({ kubelet, pod }: PodWorker): string | undefined {
  const { runtimeClassName: name } = pod.spec
  return name && kubelet.find('runtimeclasses.node.k8s.io', '', name)?.handler
}

/** Gives a pod's containers their sandbox on a host's network: one that begins now, or began at `since` (ms). */
function openSandbox({ kubelet, runtime, pod }: PodWorker, host: Host, since?: number) {
  const resolver = (): Resolver => podResolver(pod, kubelet.clusterDns, host.address).resolver
  runtime.open(
    {
      host,
      network: kubelet.network.namespace(host, resolver),
      state: { ready: true, address: host.address },
    },
    () => sandboxId(pod),
    since,
  )
}

/** The limit of the pod's control group, which the sandbox is in too: none where a container has none. */
function podMemoryLimit({ spec }: Pod): number | undefined {
  const own = spec.resources?.limits?.memory
  return own === undefined ? memoryLimitOf(spec.containers) : quantityValue(own)
}

/** Makes the sandbox and containers that a pod's status tells of, running since the times that it tells. */
export function adoptContainers(worker: PodWorker): void {
  const { kubelet, runtime, pod } = worker
  const { network, images } = kubelet
  const { podIP, startTime, containerStatuses = [] } = pod.status
  const host = pod.spec.hostNetwork ? network.host : podIP && network.addPod(podIP)
  if (!host) return
  if (!pod.spec.hostNetwork) host.pod = pod
  openSandbox(worker, host, startTime ? parseTime(startTime) : undefined)
  for (const status of containerStatuses) {
    const spec = pod.spec.containers.find(c => c.name === status.name)
    if (!spec?.image) continue
    images.add(spec.image)
    const found = images.find(spec.image)
    const startedAt = status.state?.running?.startedAt
    if (!found || !startedAt || !status.containerID) continue
    const container = createContainer(worker, spec, found, new Map())
    runtime.add(container)
    const id = status.containerID.replace('containerd://', '')
    container.adopt(id, status.restartCount, parseTime(startedAt))
  }
}

export function removeSandbox(worker: PodWorker): void {
  const { runtime, kubelet, pod } = worker
  const { sandbox } = runtime
  if (!sandbox?.state.ready) return
  sandbox.state = { ...sandbox.state, ready: false }
  runtime.close()
  if (!pod.spec.hostNetwork) kubelet.network.removePod(sandbox.host)
  runtime.changed()
}

/** The pod's own name for itself: spec.hostname, cut to 63 characters, or the node's. */
function hostnameOf(pod: Pod, nodeName: string): string {
  if (pod.spec.hostnameOverride) return pod.spec.hostnameOverride
  if (pod.spec.hostNetwork) return nodeName
  const name = String(pod.spec.hostname ?? pod.metadata.name)
    .slice(0, 63)
    .replace(/[-.]+$/, '')
  if (!pod.spec.setHostnameAsFQDN || !pod.spec.subdomain) return name
  return `${name}.${pod.spec.subdomain}.${pod.metadata.namespace}.svc.cluster.local`
}

export function createContainer(
  worker: PodWorker,
  spec: ContainerSpec,
  found: FoundImage,
  podEnv: ReadonlyMap<string, string>,
): Container {
  const { kubelet, runtime, pod } = worker
  const { image } = found
  if (!kubelet.runtimeService.active) throw new CreateError(unavailable)
  const security = containerSecurity(pod, spec, image.user ?? '', kubelet.baseFiles(found))
  const lookup = (name: string) => podEnv.get(name)
  const command = (spec.command ?? []).map((part: string) => expand(part, lookup))
  const args = (spec.args ?? []).map((part: string) => expand(part, lookup))
  const argv = command.length
    ? [...command, ...args]
    : [...(image.entrypoint ?? []), ...(args.length ? args : (image.cmd ?? []))]
  const hostname = hostnameOf(pod, kubelet.name)
  const env = new Map<string, string>()
  env.set('PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin')
  env.set('HOSTNAME', hostname)
  for (const [name, value] of Object.entries(image.env ?? {})) env.set(name, value)
  for (const [name, value] of podEnv) env.set(name, value)
  if (!env.has('HOME')) env.set('HOME', security.home)
  const last = runtime.find(spec.name)
  const old = worker.status.current
  const counted = [...(old.containerStatuses ?? []), ...(old.initContainerStatuses ?? [])].find(
    s => s.name === spec.name,
  )
  const restartCount = last
    ? last.state.restartCount + 1
    : counted?.containerID
      ? (counted.restartCount ?? 0) + 1
      : 0
  const mounts = mountsOf(worker, spec, env)
  const pids = pidNamespace(worker, spec)
  const requested = quantityValue(spec.resources?.requests?.memory ?? '0')
  const sysctls = sysctlsOf(pod)
  return new Container({
    engine: kubelet.engine,
    id: kubelet.random.hex(64),
    spec,
    found,
    restartCount,
    argv,
    env,
    cwd: spec.workingDir ?? image.workingDir ?? '/',
    security,
    hostname,
    network: runtime.sandbox!.network,
    makeFiles: container => makeFiles(worker, container, found, mounts),
    layer: new Disk(Number.POSITIVE_INFINITY, kubelet.storage),
    programs: programsOf(found),
    pids,
    namespaces: namespacesOf(worker, pids),
    memory: kubelet.memory,
    oomScoreAdj: oomScoreAdj(pod, spec, requested, kubelet.memory.total),
    sysctls,
    unprivilegedPorts: Number(sysctls.get('net.ipv4.ip_unprivileged_port_start') ?? 1024),
    mountTable: () => mountTable(mounts, security.readOnlyRoot, security.privileged),
    onChange: runtime.changed,
  })
}

/** Whose processes it sees: the node's, those of its whole pod, those of the container it was made to look into, or its own. */
function pidNamespace(
  { kubelet, pod, runtime }: PodWorker,
  { targetContainerName }: ContainerSpec,
): PidNamespace {
  if (pod.spec.hostPID) return kubelet.pids
  if (pod.spec.shareProcessNamespace) return runtime.sharedPids
  const target = targetContainerName && runtime.find(targetContainerName)
  if (target) return target.options.pids
  return runtime.pidsOfItsOwn()
}

/** Which a container shares with its machine, which with its pod, and which are its own. */
function namespacesOf({ kubelet, pod, runtime }: PodWorker, pids: PidNamespace): ProcessNamespaces {
  const { hostIPC, hostNetwork, hostUsers } = pod.spec
  const own = {}
  const owners: Record<NamespaceKind, object | undefined> = {
    cgroup: own,
    mnt: own,
    pid: pids === kubelet.pids ? undefined : pids,
    ipc: hostIPC ? undefined : runtime,
    net: hostNetwork ? undefined : runtime,
    uts: hostNetwork ? undefined : runtime,
    user: hostUsers === false ? runtime : undefined,
    time: undefined,
  }
  return new OwnedNamespaces(kubelet.namespaces, owners)
}

class OwnedNamespaces implements ProcessNamespaces {
  readonly #all: Namespaces
  readonly #owners: Readonly<Record<NamespaceKind, object | undefined>>

  constructor(all: Namespaces, owners: Readonly<Record<NamespaceKind, object | undefined>>) {
    this.#all = all
    this.#owners = owners
  }

  number(kind: NamespaceKind): number {
    const owner = this.#owners[kind]
    return owner ? this.#all.of(owner, kind) : machineNamespaces.number(kind)
  }

  get users(): ProcessNamespaces['users'] {
    const { user } = this.#owners
    return user ? this.#all.usersOf(user) : machineNamespaces.users
  }
}

/** Volumes and the kubelet's own files, those above before those below. */
function mountsOf(worker: PodWorker, spec: ContainerSpec, env: ReadonlyMap<string, string>): BindMount[] {
  const mounts: BindMount[] = []
  for (const mount of spec.volumeMounts ?? []) {
    const bound = worker.volumes.bind(mount, env)
    if (bound) mounts.push(bound)
  }
  const depth = ({ path }: BindMount) => path.split('/').length
  return mounts.sort((a, b) => depth(a) - depth(b))
}

/** The file system of a container: the image's files, what the kubelet writes into it, and its volumes. */
function makeFiles(
  worker: PodWorker,
  container: Container,
  found: FoundImage,
  mounts: readonly BindMount[],
): Files {
  const { kubelet, pod } = worker
  const files = kubelet.baseFiles(found).fork({ disk: container.options.layer! })
  const address = worker.runtime.sandbox?.state.address ?? ''
  // An image from scratch may have no directory at all.
  if (!files.exists('/etc')) files.mkdir('/etc')
  files.write('/etc/hosts', hostsFile(pod, hostnameOf(pod, kubelet.name), address, kubelet.name))
  files.write('/etc/resolv.conf', podResolver(pod, kubelet.clusterDns, address).resolvConf)
  files.write('/etc/hostname', `${container.options.hostname}\n`)
  return rootFiles(container, files, mounts, kubelet.memory.total)
}
