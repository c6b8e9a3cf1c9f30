// The service controller of a cloud provider: gives every service of type LoadBalancer an address, and takes it back.
// Off by default, as in a cluster of one's own: EXTERNAL-IP stays <pending>. k8s.io/cloud-provider/controllers/service.
// Left out: source ranges, health-check node ports, load-balancer classes.
import { isNotFound } from '../api/errors.ts'
import { objectKey } from '../api/informer.ts'
import type { Service } from '../kinds/schema/types.ts'
import { type ControllerContext, recorderFor, WorkQueue } from './controller.ts'

const finalizer = 'service.kubernetes.io/load-balancer-cleanup'
/** What a provider needs to set up a balancer: an estimate. */
const setUpMs = 2500
/** Addresses of the nodes' network that no node has. */
const pool = (index: number): string => `10.0.2.${200 + index}`

export class ServiceLoadBalancer {
  #enabled = false
  readonly #context: ControllerContext
  readonly #queue: WorkQueue
  readonly #taken = new Map<string, string>()

  constructor(context: ControllerContext) {
    this.#context = context
    const services = context.informers.of('services')
    const recorder = recorderFor(context, 'service-controller')
    const client = context.client.resource('services')
    const ensured = new Set<string>()
    this.#queue = new WorkQueue(context, key => {
      const service = services.get(key)
      if (!service) this.#release(key)
      if (!service || !this.#enabled) return undefined
      const { metadata, spec, status } = service
      const wanted = spec.type === 'LoadBalancer' && !metadata.deletionTimestamp && !spec.loadBalancerClass
      const finalizers: string[] = metadata.finalizers ?? []
      const has = finalizers.includes(finalizer)
      const current = status?.loadBalancer?.ingress?.[0]?.ip as string | undefined
      if (!wanted) {
        if (!has) return undefined
        recorder.event(service, 'Normal', 'DeletingLoadBalancer', 'Deleting load balancer')
        this.#release(key)
        const rest = finalizers.filter(f => f !== finalizer)
        const freed = client.updateStatus({ ...service, status: { ...status, loadBalancer: {} } })
        client.update({ ...freed, metadata: { ...freed.metadata, finalizers: rest } })
        recorder.event(service, 'Normal', 'DeletedLoadBalancer', 'Deleted load balancer')
        return undefined
      }
      if (!has) {
        client.update({ ...service, metadata: { ...metadata, finalizers: [...finalizers, finalizer] } })
        return undefined
      }
      if (current) {
        this.#taken.set(key, current)
        return undefined
      }
      if (!ensured.has(key)) {
        recorder.event(service, 'Normal', 'EnsuringLoadBalancer', 'Ensuring load balancer')
        ensured.add(key)
        this.#queue.addAfter(key, setUpMs)
        return undefined
      }
      ensured.delete(key)
      const ingress = [{ ip: this.#take(key, spec.loadBalancerIP), ipMode: 'VIP' }]
      try {
        client.updateStatus({ ...service, status: { ...status, loadBalancer: { ingress } } })
      } catch (error) {
        if (!isNotFound(error)) throw error
        return undefined
      }
      recorder.event(service, 'Normal', 'EnsuredLoadBalancer', 'Ensured load balancer')
      return undefined
    })
    const add = (service: Service) => {
      if (service.spec.type === 'LoadBalancer' || service.metadata.finalizers?.includes(finalizer))
        this.#queue.add(objectKey(service))
    }
    services.handle({
      add,
      update: (_old, service) => add(service),
      delete: service => this.#release(objectKey(service)),
    })
  }

  get enabled(): boolean {
    return this.#enabled
  }

  /** From now on there is a provider, or none. */
  enable(on = true): void {
    this.#enabled = on
    if (!on) return
    for (const service of this.#context.informers.of('services').all())
      if (service.spec.type === 'LoadBalancer') this.#queue.add(objectKey(service))
  }

  #take(key: string, wanted?: string): string {
    const used = new Set(this.#taken.values())
    let address = wanted
    for (let i = 0; !address; i++) if (!used.has(pool(i))) address = pool(i)
    this.#taken.set(key, address)
    return address
  }

  #release(key: string): void {
    this.#taken.delete(key)
  }
}
