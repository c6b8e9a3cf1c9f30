// What an explanation may look at: the objects of the cluster as a client of the API sees them, their events and owners of
// fields, logs, the latest exchanges of the network, what the server refused, and the reader's files.
import type { Refusal } from '../../api/refusals.ts'
import { canonicalName } from '../../containers/registry.ts'
import { parseTime } from '../../engine/engine.ts'
import { resolvePath } from '../../engine/files.ts'
import { selects } from '../../kinds/machinery/labels.ts'
import type { KubeObject, ManagedFieldsEntry, ObjectOf } from '../../kinds/object.ts'
import { resources } from '../../kinds/resources.ts'
import type { Event } from '../../kinds/schema/types.ts'
import type { Trace } from '../../network/trace.ts'
import { workDirectory } from '../workstation.ts'
import type { World } from '../world.ts'

const userAgent = 'why'
const latelyMs = 60_000

export class View {
  readonly world: World
  readonly #lists = new Map<string, readonly KubeObject[]>()

  /** It sees the world as it is now; later, take a new one. */
  constructor(world: World) {
    this.world = world
  }

  /** Virtual time, ms since 1970. */
  get now(): number {
    return this.world.engine.now
  }

  /** Objects of a resource by its plural name, in a namespace or in all. Shared, not to be changed. */
  list<Resource extends string>(resource: Resource, namespace?: string): readonly ObjectOf<Resource>[] {
    let all = this.#lists.get(resource)
    if (!all) {
      const { code, body } = this.#get(pathOf(resource))
      all = code === 200 ? (body.items as KubeObject[]) : []
      this.#lists.set(resource, all)
    }
    const wanted = namespace === undefined ? all : all.filter(each => each.metadata.namespace === namespace)
    return wanted as ObjectOf<Resource>[]
  }

  find<Resource extends string>(
    resource: Resource,
    namespace: string | undefined,
    name: string,
  ): ObjectOf<Resource> | undefined {
    return this.list(resource).find(
      ({ metadata }) => metadata.name === name && (metadata.namespace ?? '') === (namespace ?? ''),
    )
  }

  /** All objects of a namespace. */
  everything(namespace: string): KubeObject[] {
    return resources
      .filter(each => each.namespaced && each.verbs.includes('list') && each.kind !== 'Event')
      .flatMap(({ plural, kind }) =>
        this.list(plural, namespace).map(each => ({ ...each, kind: each.kind ?? kind })),
      )
  }

  /** By its kind as objects name it: `Deployment`. */
  findKind(kind: string, namespace: string | undefined, name: string): KubeObject | undefined {
    const info = resources.find(each => each.kind === kind)
    return info && this.find(info.plural, info.namespaced ? namespace : undefined, name)
  }

  /** What matches a set of labels (all of them) in a namespace. */
  labelled<Resource extends string>(
    resource: Resource,
    namespace: string,
    labels: Readonly<Record<string, string>>,
  ): ObjectOf<Resource>[] {
    return this.list(resource, namespace).filter(each =>
      selects({ matchLabels: labels }, each.metadata.labels),
    )
  }

  /** What it is controlled by. */
  owner({ metadata }: KubeObject): KubeObject | undefined {
    const owner = metadata.ownerReferences?.find(each => each.controller)
    return owner && this.findKind(owner.kind, metadata.namespace, owner.name)
  }

  owned<Resource extends string>(resource: Resource, { metadata }: KubeObject): ObjectOf<Resource>[] {
    return this.list(resource, metadata.namespace).filter(each =>
      each.metadata.ownerReferences?.some(owner => owner.controller && owner.uid === metadata.uid),
    )
  }

  /** The events of an object, the latest first. */
  events({ metadata, kind }: KubeObject): Event[] {
    return this.list('events', metadata.namespace ?? 'default')
      .filter(
        ({ involvedObject: about }) =>
          about.name === metadata.name &&
          about.kind === kind &&
          (!about.uid || about.uid === metadata.uid || kind === 'Node'),
      )
      .sort((a, b) => timeOf(b) - timeOf(a))
  }

  /** What a pattern finds in the latest event of an object with this reason. */
  event(object: KubeObject, reason: string, pattern = /()/): RegExpExecArray | undefined {
    for (const each of this.events(object)) {
      const found = each.reason === reason && pattern.exec(each.message ?? '')
      if (found) return found
    }
    return undefined
  }

  /** The lines of a container's log; undefined where there is none to read. */
  log({ metadata }: KubeObject, container: string, previous: boolean): string[] | undefined {
    const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/log`
    const { code, body } = this.#get(path, {
      container,
      ...(previous && { previous: 'true' }),
      tailLines: '10',
    })
    if (code !== 200 || typeof body !== 'string') return undefined
    return body.split('\n').filter(line => line.trim() !== '')
  }

  /** Who wrote which fields of an object. */
  managers({ kind, metadata }: KubeObject): readonly ManagedFieldsEntry[] {
    const plural = resources.find(each => each.kind === kind)?.plural
    if (!plural) return []
    const path = `${pathOf(plural, metadata.namespace)}/${metadata.name}`
    const { api } = this.world.cluster
    const { code, body } = api.handle({ method: 'GET', path, userAgent, looks: true })
    return code === 200 ? (body.metadata.managedFields ?? []) : []
  }

  /** The latest exchange of each caller with each place, the latest first. */
  get exchanges(): Trace[] {
    return this.world.cluster.network.traces.recent.all.reverse()
  }

  /** Those of the last minute: who asks again and again asks within it. */
  get lately(): Trace[] {
    return this.exchanges.filter(each => this.now - each.time < latelyMs)
  }

  /** The latest first. */
  get refusals(): Refusal[] {
    return this.world.cluster.api.refusals.all.reverse()
  }

  /** The ports on which something listens at an address. */
  listening(address: string): readonly number[] {
    return this.world.cluster.network.host(address)?.ports ?? []
  }

  /** Tags that a registry has of an image's repository; undefined where it has no such repository. */
  tags(image: string): string[] | undefined {
    const { registry } = this.world.cluster
    const name = canonicalName(image)
    const repository = name && `${name.host}/${name.path}`
    return repository && registry.hasRepository(repository) ? registry.tagsOf(repository) : undefined
  }

  /** Texts of the manifests in the working directory, by name. */
  get files(): readonly (readonly [name: string, text: string])[] {
    const { files } = this.world
    return files
      .list(workDirectory)
      .filter(name => /\.(ya?ml|json)$/.test(name))
      .map(name => [name, files.read(resolvePath(workDirectory, name))] as const)
  }

  /** A moment as the lab shows it: minutes and seconds since the start, `01:12`. */
  clock(time: string | number): string {
    const ms = typeof time === 'number' ? time : parseTime(time)
    const seconds = Math.max(0, Math.floor((ms - (this.now - this.world.elapsed)) / 1000))
    const two = (n: number) => String(n).padStart(2, '0')
    return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`
  }

  /** Ms since a moment. */
  since(time: string | null | undefined): number {
    return time ? this.now - parseTime(time) : Number.POSITIVE_INFINITY
  }

  #get(path: string, query = {}) {
    const { api } = this.world.cluster
    return api.handle({ method: 'GET', path, query, userAgent, managedFields: false, looks: true })
  }
}

/** When an event was last said. */
export const timeOf = (event: Event): number =>
  parseTime(
    event.series?.lastObservedTime ??
      event.lastTimestamp ??
      event.eventTime ??
      event.metadata.creationTimestamp ??
      '',
  ) || 0

function pathOf(plural: string, namespace?: string): string {
  const info = resources.find(each => each.plural === plural)
  if (!info) throw new Error(`no resource ${plural}`)
  const base = info.group ? `/apis/${info.group}/${info.version}` : `/api/${info.version}`
  return `${base}${info.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : ''}/${plural}`
}
