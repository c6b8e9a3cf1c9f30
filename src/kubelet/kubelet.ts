// The kubelet of one node: it watches the pods that are bound to the node and runs a worker for each, keeps the node's
// lease and status fresh, and answers the API server's calls for logs and commands. pkg/kubelet/kubelet.go.
// Left out: registration of a node that the API does not know, cgroups, image garbage collection, device plugins.

import { Client, type ResourceClient } from '../api/client.ts'
import { EventRecorder } from '../api/events.ts'
import type { Informers } from '../api/informer.ts'
import type { ApiServer, NodeConnector } from '../api/types.ts'
import type { Container } from '../containers/container.ts'
import { imageFiles } from '../containers/image-files.ts'
import { MachineMemory } from '../containers/memory.ts'
import { Namespaces } from '../containers/namespaces.ts'
import { PidNamespace } from '../containers/processes.ts'
import { type FoundImage, Registry } from '../containers/registry.ts'
import { Disk, machineBytes } from '../engine/disk.ts'
import type { Engine } from '../engine/engine.ts'
import { relistMs } from '../engine/latencies.ts'
import type { MemoryFiles } from '../engine/memory-files.ts'
import type { Listener } from '../engine/network.ts'
import type { Random } from '../engine/random.ts'
import type { ObjectOf } from '../kinds/object.ts'
import type { Node } from '../kinds/schema/types.ts'
import type { ClusterNetwork } from '../network/cluster-network.ts'
import type { NodeNetwork } from '../network/node-network.ts'
import { admit } from './admission.ts'
import { Backoff } from './backoff.ts'
import { DockerService } from './docker-service.ts'
import type { NodeFacts, PodObjects } from './environment.ts'
import { ImageManager } from './images.ts'
import { Journal } from './journal.ts'
import { lateConnector } from './late-connector.ts'
import { MachineServices } from './machine-services.ts'
import { endMirror, isMirror, showMirror } from './mirror-pods.ts'
import { nodeFiles } from './node-files.ts'
import { Heartbeat } from './node-status.ts'
import { Pace } from './pace.ts'
import { Pleg } from './pleg.ts'
import { PodWorker } from './pod-worker.ts'
import { openPorts } from './ports.ts'
import { register } from './registration.ts'
import { quantityValue } from './resources.ts'
import { RuntimeService } from './runtime-service.ts'
import { StaticPods } from './static-pods.ts'
import { equal } from './status-writer.ts'
import type { Pod } from './types.ts'

export interface KubeletOptions {
  readonly engine: Engine
  readonly api: ApiServer
  /** The cluster's shared caches, for what every kubelet reads (services). */
  readonly informers: Informers
  readonly node: Node
  readonly network: ClusterNetwork
  /** What can be pulled; by default a registry of its own with all images. */
  readonly registry?: Registry
  /** Joins the API server's table of kubelets. */
  readonly register?: (node: string, connector: NodeConnector) => void
}

/** A change reaches the kubelet in this time; a mirror pod that was deleted is made anew: estimates. */
const watchMs = 3
const mirrorMs = 500
/** How long a new process takes to its first words, to its node's status, to its first look at pods: estimates. */
const birthMs = 350
const nodeMs = 700
const podsMs = 1350
/** Where docker is installed beside the runtime: where the tutorial builds its images. */
const dockerMachine = 'k8s-master'
/** What the node itself needs of its memory. */
const ownMemory = 700 * 2 ** 20

export class Kubelet {
  readonly engine: Engine
  readonly name: string
  /** As it was when the kubelet first came. */
  readonly node: Node
  readonly address: string
  readonly random: Random
  readonly client: Client
  readonly pods: ResourceClient<Pod>
  readonly recorder: EventRecorder
  readonly network: NodeNetwork
  readonly clusterDns: { readonly address: string; readonly domain: string }
  /** What can be pulled from here; a lesson may take it down. */
  readonly registry: Registry
  readonly images: ImageManager
  /** Images of containerd's other namespaces, which only ctr sees. */
  readonly otherImages = new Map<string, ImageManager>()
  readonly journal: Journal
  /** What the containers of a pod use: set by who knows. */
  usage: ((pod: Pod) => ReadonlyMap<string, { cpu: number; memory: number }>) | undefined
  /** Learns whether a container of a static pod runs; `name`: without the node's. */
  onStaticPod: ((name: string, runs: boolean) => void) | undefined
  /** How many times longer than usual the node's disk takes. */
  readonly disk = { slowness: 1 }
  /** What is written on its disk: its own files, layers of containers, volumes of pods. */
  readonly storage = new Disk(machineBytes)
  readonly crashBackoff: Backoff
  readonly pleg: Pleg
  readonly pace: Pace
  /** The node's own. */
  readonly files: MemoryFiles
  readonly objects: PodObjects
  readonly facts: NodeFacts
  /** Every process of the node. */
  readonly pids = new PidNamespace()
  readonly namespaces = new Namespaces()
  /** The node's own processes. */
  readonly services: MachineServices
  readonly memory: MachineMemory<Container>
  readonly connector: NodeConnector
  readonly heartbeat: Heartbeat
  readonly runtimeService = new RuntimeService(this)
  /** Docker, on the one machine that has it. */
  readonly dockerService: DockerService | undefined
  readonly #workers = new Map<string, PodWorker>()
  readonly #staticPods = new StaticPods(this)
  readonly #baseFiles = new Map<string, MemoryFiles>()
  #watch: { stop(): void } | undefined
  #ports: Listener
  #first = true
  #startup: { cancel(): void } | undefined
  /** Its process runs, and its node is on the network. */
  active = true
  /** It does nothing at all: it was stopped, or has not come so far yet. */
  stopped = false

  constructor(options: KubeletOptions) {
    const { engine, api, node, network, informers } = options
    this.engine = engine
    this.name = node.metadata.name
    this.node = node
    this.address = node.status.addresses?.find(a => a.type === 'InternalIP')?.address ?? ''
    this.random = engine.random.fork(`kubelet ${this.name}`)
    this.client = new Client(api, 'kubelet')
    this.pods = this.client.resource('pods')
    this.recorder = new EventRecorder(engine, this.client, { component: 'kubelet', host: this.name })
    this.network = network.addNode(this.name, this.address, node.spec.podCIDR ?? '20.2.0.0/24')
    this.#ports = openPorts(this.network)
    this.clusterDns = { address: network.dnsAddress, domain: network.domain }
    this.registry = options.registry ?? new Registry(api, network.dns)
    this.images = new ImageManager(
      engine,
      this.registry,
      this.disk,
      this.random.fork('pulls'),
      () => this.files,
    )
    this.journal = new Journal(engine, this.name, {
      kubelet: engine.epoch - 480_000,
      containerd: engine.epoch - 500_000,
      docker: engine.epoch - 490_000,
    })
    this.crashBackoff = new Backoff(engine, 10_000, 300_000)
    // What the machine's speed draws shifts nobody else's chances.
    const chance = this.random.fork('speed')
    // Two loops of one process, started one after the other: which of them comes first within a second drifts.
    this.pleg = new Pleg(engine, relistMs, chance.below(relistMs))
    this.pace = new Pace(engine, chance, this.disk)
    this.facts = { name: this.name, address: this.address, allocatable: node.status.allocatable ?? {} }
    const total = quantityValue(node.status.capacity?.memory ?? '0')
    this.memory = new MachineMemory(total, ownMemory, victim => this.#outOfMemory(victim))
    this.services = new MachineServices(engine, this.pids, this.name === dockerMachine ? [] : ['docker'])
    this.files = nodeFiles({
      engine,
      name: this.name,
      address: this.address,
      pids: this.pids,
      memory: total,
      storage: this.storage,
      workers: () => this.workers,
      changed: path => this.#staticPods.changed(path),
    })
    this.dockerService = this.name === dockerMachine ? new DockerService(this) : undefined
    const services = informers.of('services')
    this.objects = {
      configMap: (namespace, name) => this.find('configmaps', namespace, name),
      secret: (namespace, name) => this.find('secrets', namespace, name),
      services: namespace => services.eachByIndex('namespace', namespace),
    }
    this.connector = lateConnector(this)
    options.register?.(this.name, this.connector)
    this.heartbeat = new Heartbeat(this)
    this.#start()
  }

  worker(uid: string): PodWorker | undefined {
    return this.#workers.get(uid)
  }

  get workerCount(): number {
    return this.#workers.size
  }

  get workers(): IterableIterator<PodWorker> {
    return this.#workers.values()
  }

  /** An object of the API by name; undefined where there is none. */
  find<Name extends string>(resource: Name, namespace: string, name: string): ObjectOf<Name> | undefined {
    return this.client.resource(resource).find(namespace, name)
  }

  /** The files of an image on this node, to be forked for each container. */
  baseFiles(found: FoundImage): MemoryFiles {
    let files = this.#baseFiles.get(found.digest)
    if (!files) {
      files = imageFiles(() => this.engine.now, found)
      this.#baseFiles.set(found.digest, files)
    }
    return files
  }

  /** The pod is through: nothing of it is left on the node. */
  forget(worker: PodWorker): void {
    const { uid } = worker.pod.metadata
    this.crashBackoff.forget(`${uid}_`)
    // What is left of it in the API (a job's pod, one with a finalizer) is still this kubelet's.
    worker.volumes.freeStorage()
    worker.runtime.freeStorage()
    if (worker.removed) this.#workers.delete(uid!)
    else if (isMirror(worker.pod) && !this.#staticPods.isWanted(worker)) {
      this.#workers.delete(uid!)
      this.#staticPods.ended(worker)
    }
  }

  /** Something of a pod began or ended in the runtime. */
  runtimeChanged(worker: PodWorker): void {
    this.pleg.mark(worker)
    const { name, namespace } = worker.pod.metadata
    if (this.onStaticPod && namespace === 'kube-system' && isMirror(worker.pod))
      this.onStaticPod(name.slice(0, -this.name.length - 1), worker.runtime.running.length > 0)
  }

  /** Runs the pod of a manifest on the node's disk, as its mirror shows it or will show it. */
  startStatic(pod: Pod): PodWorker {
    this.#add(pod, true)
    return this.#workers.get(pod.metadata.uid!)!
  }

  /**
   * The kubelet ends, or its node is cut off (`network`): containers run on, but nobody looks after them or tells of
   * them.
   */
  stop(why: Silence = 'process'): void {
    if (this.active && why === 'process')
      this.journal.service('kubelet', `Stopped kubelet.service - ${about}.`)
    if (why === 'process') {
      this.#ports.close()
      this.services.stop('kubelet')
    }
    this.active = false
    this.stopped = true
    this.#startup?.cancel()
    this.#watch?.stop()
    this.heartbeat.stop()
  }

  /**
   * It comes back: it reads what it missed and tells what it finds. A new process first looks at its node, and its sync
   * loop waits until the PLEG has had its first look (0.1 + 0.2 + 0.4 s after it has tried).
   */
  start(why: Silence = 'process'): void {
    if (this.active) return
    this.active = true
    const steps: [number, () => void][] = [
      [birthMs, () => this.heartbeat.announce()],
      [nodeMs, () => register(this, () => this.heartbeat.resume(true))],
      [podsMs, () => this.#resume()],
    ]
    const next = (since: number) => {
      const [due, act] = steps.shift() ?? []
      if (!act) return
      this.#startup = this.engine.after(due! - since, () => {
        act()
        next(due!)
      })
    }
    if (why === 'process') {
      this.#ports = openPorts(this.network)
      this.services.start('kubelet')
      this.journal.service('kubelet', `Started kubelet.service - ${about}.`)
      next(0)
    } else {
      this.heartbeat.resume(false)
      this.#resume()
    }
  }

  /** The kernel has killed for the whole node's sake: oom_watcher_linux.go. */
  #outOfMemory({ state, command }: Container): void {
    const [pid = 0] = [...this.pids.processes].find(([, { argv }]) => argv === command) ?? []
    const process = (command[0] ?? state.name).replace(/^.*\//, '')
    const message = `System OOM encountered, victim process: ${process}, pid: ${pid}`
    this.recorder.event({ kind: 'Node', name: this.name, apiVersion: 'v1' }, 'Warning', 'SystemOOM', message)
  }

  #resume(): void {
    this.stopped = false
    const fieldSelector = `spec.nodeName=${this.name}`
    const present = new Set(this.pods.list({ fieldSelector }).map(pod => pod.metadata.uid))
    for (const worker of [...this.#workers.values()])
      if (!present.has(worker.pod.metadata.uid)) this.#remove(worker.pod)
    this.#start()
    for (const worker of this.#workers.values()) {
      worker.status.resend()
      worker.look()
      worker.wake()
    }
  }

  #start(): void {
    const fieldSelector = `spec.nodeName=${this.name}`
    const { items, resourceVersion } = this.pods.listWithVersion({ fieldSelector })
    for (const pod of items) this.#update(pod, this.#first)
    this.#first = false
    this.#watch = this.pods.watch({ fieldSelector, resourceVersion }, event => {
      if (event.type === 'BOOKMARK') return
      if (event.type === 'ERROR') {
        this.#watch?.stop()
        this.#start()
        return
      }
      const pod = event.object
      this.engine.after(watchMs, () =>
        event.type === 'DELETED' ? this.#remove(pod) : this.#update(pod, false),
      )
    })
  }

  #update(pod: Pod, adopted: boolean): void {
    const worker = this.#workers.get(pod.metadata.uid!)
    if (!worker) {
      this.#add(pod, adopted)
      return
    }
    const old = worker.pod
    worker.pod = pod
    const host = worker.runtime.sandbox?.host
    if (host?.pod) host.pod = pod
    if (isMirror(pod)) endMirror(this.pods, pod)
    else if (pod.metadata.deletionTimestamp && !old.metadata.deletionTimestamp) {
      if (worker.phase === 'finished') worker.status.finish()
      worker.terminate()
    } else if (!sameMeta(old, pod)) worker.wake()
    else if (pod.spec.readinessGates && !equal(old.status?.conditions, pod.status?.conditions)) worker.wake()
  }

  #add(pod: Pod, adopted: boolean): void {
    // A mirror pod only shows what the kubelet runs from a file: it is there from the start, or not at all.
    const isOver = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'
    if ((isMirror(pod) && !adopted) || (isOver && !pod.metadata.deletionTimestamp)) return
    const worker = new PodWorker(this, pod)
    this.#workers.set(pod.metadata.uid!, worker)
    if (adopted && pod.status?.phase === 'Running') worker.adopt()
    else if (pod.metadata.deletionTimestamp) worker.terminate()
    else {
      const problem = admit(this, pod)
      if (problem) worker.reject(problem)
      else worker.wake()
    }
  }

  /** Shows a pod of the node's files in the API (again). False where the API refuses. */
  mirror(worker: PodWorker): boolean {
    const { uid } = worker.pod.metadata
    const shown = showMirror(this.pods, worker.pod)
    if (!shown) return false
    worker.pod = shown
    this.#workers.delete(uid!)
    this.#workers.set(shown.metadata.uid!, worker)
    worker.status.resend()
    return true
  }

  #remove(pod: Pod): void {
    const worker = this.#workers.get(pod.metadata.uid!)
    if (!worker) return
    if (isMirror(pod)) {
      if (this.#staticPods.isWanted(worker)) this.engine.after(mirrorMs, () => this.mirror(worker))
      return
    }
    worker.removed = true
    worker.pod = pod
    if (worker.phase === 'finished') this.#workers.delete(pod.metadata.uid!)
    else worker.terminate()
  }
}

type Silence = 'process' | 'network'

const about = 'kubelet: The Kubernetes Node Agent'

/** A status alone is no reason to sync. */
const sameMeta = (a: Pod, b: Pod): boolean =>
  a.metadata.generation === b.metadata.generation &&
  equal(a.metadata.labels, b.metadata.labels) &&
  equal(a.metadata.annotations, b.metadata.annotations) &&
  a.metadata.deletionGracePeriodSeconds === b.metadata.deletionGracePeriodSeconds

/** Starts the kubelet of a node. */
export const startKubelet = (options: KubeletOptions): Kubelet => new Kubelet(options)
