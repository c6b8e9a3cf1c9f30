// A whole cluster from a seed: engine, API server with the default objects of a fresh cluster, controllers, scheduler,
// kubelets and network, wired as a real one is (everyone sees only the API). Booting runs no events: the objects are put
// there in their settled state, and what runs is as if it had been running for eight minutes.
import { Client } from '../api/client.ts'
import { ApiError } from '../api/errors.ts'
import { Informers } from '../api/informer.ts'
import { Server } from '../api/server.ts'
import { Registry, type RegistryOptions } from '../containers/registry.ts'
import { type ControllerContext, type ControllerSettings, SyncError } from '../controllers/controller.ts'
import { startControllers } from '../controllers/index.ts'
import { ServiceLoadBalancer } from '../controllers/service-load-balancer.ts'
import { Daemon } from '../engine/daemon.ts'
import { Engine, parseTime } from '../engine/engine.ts'
import type { Secrets } from '../engine/secrets.ts'
import type { Node } from '../kinds/schema/types.ts'
import { type Kubelet, startKubelet } from '../kubelet/kubelet.ts'
import { type ClusterNetwork, createNetwork } from '../network/cluster-network.ts'
import { startScheduler } from '../scheduler/scheduler.ts'
import { followStaticPods } from './control-plane.ts'
import { Faults } from './faults.ts'
import { furtherResources } from './further-resources.ts'
import { Metrics } from './metrics.ts'
import { furtherObjects, nodeObjects, seedObjects, workerName } from './seed.ts'
import { keepSystemObjects } from './system-objects.ts'
import { webhookTransport } from './webhook-transport.ts'

/** The node whose static pods the control plane's components are. */
const controlPlane = 'k8s-master'

export interface ClusterOptions {
  readonly seed?: number
  /** Virtual time at the start, ms since 1970. */
  readonly epoch?: number
  /** Its keys, where others can reach its server; without, they are made up and no secret. */
  readonly secrets?: Secrets
  /** Worker nodes beside k8s-master: k8s-node1, k8s-node2 … (1 where absent). */
  readonly workers?: number
  readonly settings?: ControllerSettings
  /** A provider gives services of type LoadBalancer their addresses. */
  readonly loadBalancer?: boolean
  /** There is a small made-up world outside (`www.example.com`), which pods and nodes reach. */
  readonly outside?: boolean
  /** A metrics server is installed. */
  readonly metrics?: boolean
  /** What can be pulled beside the images that the registry knows. */
  readonly registry?: RegistryOptions
  /** Learns of syncs of controllers that failed (they are tried again), and of events that threw. */
  readonly onError?: ControllerContext['onError']
  /** Called before each piece of work of a controller or the scheduler: what it throws is as if they had (tests). */
  readonly beforeWork?: ControllerContext['beforeWork']
}

/** Something that a component threw: a fault of the simulator. Everything else goes on. */
export interface ComponentError {
  /** Virtual time, ms since 1970. */
  readonly at: number
  /** Who was busy with what (`deployment-controller default/web`), or `event`. */
  readonly where: string
  readonly error: unknown
}

const mostErrors = 100

export interface Cluster {
  /** What components threw, the last hundred. */
  readonly errors: readonly ComponentError[]
  readonly engine: Engine
  readonly api: Server
  /** The caches that the control plane shares. */
  readonly informers: Informers
  readonly network: ClusterNetwork
  /** What can be pulled. */
  readonly registry: Registry
  /** What a lesson breaks. */
  readonly faults: Faults
  /** The provider of load balancers, off where the options do not say otherwise. */
  readonly loadBalancer: ServiceLoadBalancer
  /** The metrics server, not installed where the options do not say otherwise. */
  readonly metrics: Metrics
  /** The kubelets by their node's name. */
  readonly kubelets: ReadonlyMap<string, Kubelet>
  /** A client for a component of this name. */
  client(name: string): Client
  /** Joins one more worker, `k8s-node2` and so on: its node object and its kubelet. Returns its name. */
  addNode(): string
}

const defaultEpoch = parseTime('2026-11-23T09:30:00Z')

export function createCluster(options: ClusterOptions = {}): Cluster {
  const { seed = 1, epoch = defaultEpoch, workers = 1 } = options
  const errors: ComponentError[] = []
  const onError = (error: unknown, where: string) => {
    // What the API refuses is part of everyday life: conflicts, namespaces that end.
    if (!(error instanceof ApiError || error instanceof SyncError)) {
      errors.push({ at: engine.now, where, error })
      if (errors.length > mostErrors) errors.shift()
    }
    options.onError?.(error, where)
  }
  const { secrets } = options
  const engine = new Engine({ seed, epoch, secrets, onError: error => onError(error, 'event') })
  const objects = [...seedObjects(epoch, secrets)]
  let revision = Number(objects.at(-1)!.metadata.resourceVersion)
  const random = engine.random.fork('nodes')
  for (let i = 2; i <= workers; i++)
    for (const object of nodeObjects(objects, i, random)) {
      object.metadata.resourceVersion = String(++revision)
      objects.push(object)
    }
  const api = new Server({ engine, revision })
  api.seed(objects)
  for (const { group, version, plural, kind } of furtherResources)
    api.seedLater(group, version, plural, () =>
      furtherObjects(epoch, plural).filter(each => each.kind === kind),
    )

  const client = (name: string) => new Client(api, name)
  const manager = client('kube-controller-manager')
  const informers = new Informers(engine, manager)
  const network = createNetwork({ engine, informers, ...(options.outside && { outside: true }) })
  api.setWebhookTransport(webhookTransport(engine, network, controlPlane))
  const kubelets = new Map<string, Kubelet>()
  const metrics = new Metrics(engine, api, kubelets)
  const { beforeWork } = options
  const daemons = {
    'kube-controller-manager': new Daemon(engine),
    'kube-scheduler': new Daemon(engine),
    'cloud-controller-manager': new Daemon(engine),
  }
  const context = {
    ...(beforeWork && { beforeWork }),
    process: daemons['kube-controller-manager'],
    engine,
    random: engine.random.fork('controllers'),
    client: manager,
    informers,
    settings: options.settings ?? {
      get podMetrics() {
        return metrics.enabled ? metrics.podMetrics : undefined
      },
    },
    onError,
  }
  startControllers(context)
  keepSystemObjects(engine, client('kube-apiserver'), informers)
  startScheduler({
    engine,
    random: engine.random.fork('scheduler'),
    client: client('kube-scheduler'),
    informers,
    process: daemons['kube-scheduler'],
    ...(beforeWork && { beforeWork }),
  })

  const registry = new Registry(api, network.dns, options.registry)
  const register = api.registerNode.bind(api)
  const start = (node: Node) => {
    const kubelet = startKubelet({ engine, api, informers, node, network, registry, register })
    kubelet.usage = pod => metrics.usage(pod)
    kubelets.set(node.metadata.name, kubelet)
    if (kubelet.name === controlPlane) followStaticPods(kubelet, { engine, api, daemons })
  }
  for (const object of objects) if (object.kind === 'Node') start(object)
  const master = network.node(controlPlane)
  if (master) api.useNetwork(master.network)

  let count = workers
  const addNode = (): string => {
    const joined = nodeObjects(objects, ++count, random, engine.timestamp)
    const name = workerName(count)
    // No kube-proxy has been there yet.
    network.services.clear(name)
    const kubelet = client('kubelet')
    /** A kubelet registers its node until that works, and takes over what is there already. */
    const join = (waitMs: number): void => {
      try {
        for (const object of joined) {
          const resource = kubelet.resource(resourceOf[object.kind]!)
          const { namespace = '', name } = object.metadata
          if (!resource.find(namespace, name)) resource.create(object)
        }
        start(kubelet.resource('nodes').get('', name))
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        engine.after(waitMs, () => join(Math.min(longestRegistrationWait, waitMs * 2)))
      }
    }
    join(200)
    return name
  }
  const faults = new Faults({ engine, api, network, registry, kubelets })
  const loadBalancer = new ServiceLoadBalancer({
    ...context,
    name: 'service-lb-controller',
    process: daemons['cloud-controller-manager'],
    random: engine.random.fork('load balancer'),
    client: client('cloud-controller-manager'),
  })
  if (options.loadBalancer) loadBalancer.enable()
  if (options.metrics) metrics.enable()
  return {
    errors,
    engine,
    api,
    loadBalancer,
    metrics,
    informers,
    network,
    registry,
    faults,
    kubelets,
    client,
    addNode,
  }
}

/** Between two tries of a kubelet to register its node, ms (pkg/kubelet/kubelet_node_status.go). */
const longestRegistrationWait = 7000

/** Resources of what a kubelet makes when its node joins. */
const resourceOf: Record<string, string> = {
  Node: 'nodes',
  Lease: 'leases.coordination.k8s.io',
  CSINode: 'csinodes.storage.k8s.io',
}
