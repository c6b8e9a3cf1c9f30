// The card of the object that the reader has opened: what is wanted, what is there, its conditions and latest events.

import { Client } from '../../../api/client.ts'
import { findByWord } from '../../../kinds/index.ts'
import type { AnyObject } from '../../../kinds/object.ts'
import type { ContainerState, ContainerStateTerminated } from '../../../kinds/schema/types.ts'
import type { Life } from '../../../lesson/life.ts'
import type { FromWorker, ObjectDetails, Tone } from '../protocol.ts'
import { rowOf } from '../rows.ts'
import type { Events } from './events.ts'
import type { Objects } from './objects.ts'
import type { Observer, Takes } from './observer.ts'

export class Details implements Observer {
  readonly takes: Takes
  readonly #objects: Objects
  readonly #events: Events
  #life!: Life
  #client!: Client
  #object: string | undefined
  /** Changes of objects and events that the page has seen on the card. */
  #told = -1

  constructor(objects: Objects, events: Events) {
    this.#objects = objects
    this.#events = events
    this.takes = {
      details: ({ object }) => {
        this.#object = object
        this.#told = -1
      },
    }
  }

  show(life: Life): void {
    this.#life = life
    this.#client = new Client(life.world.cluster.api, 'lab')
    this.#told = -1
  }

  flush(): FromWorker[] {
    const changes = this.#objects.changes + this.#events.changes
    if (!this.#object || changes === this.#told) return []
    this.#told = changes
    return [{ type: 'details', details: this.#describe(this.#object) }]
  }

  /** The one on top first; an owner that is gone ends the chain. */
  #ownersOf({ metadata }: AnyObject): string[] {
    const { namespace = '' } = metadata
    const owner = metadata.ownerReferences?.find(each => each.controller)
    const served = owner && findByWord(owner.kind)
    if (!owner || !served) return []
    const { group, version, plural, namespaced } = served.kind
    const resource = this.#client.resource(`${plural}${group ? `.${group}` : ''}/${version}`)
    const found = resource.find(namespaced ? namespace : '', owner.name)
    const place = namespaced && namespace !== 'default' ? [namespace] : []
    const name = [owner.kind.toLowerCase(), ...place, owner.name].join('/')
    return [...(found ? this.#ownersOf(found) : []), name]
  }

  #describe(object: string): ObjectDetails {
    const [word = '', ...rest] = object.split('/')
    const name = rest.at(-1) ?? ''
    const served = findByWord(word)
    const namespace = served?.kind.namespaced ? (rest.length > 1 ? (rest[0] ?? '') : 'default') : ''
    const missing: ObjectDetails = {
      object,
      found: false,
      owners: [],
      containers: [],
      conditions: [],
      lines: [],
      events: [],
    }
    if (!served) return missing
    const { kind } = served
    const resource = this.#client.resource(
      `${kind.plural}${kind.group ? `.${kind.group}` : ''}/${kind.version}`,
    )
    const found = resource.find(namespace, name)
    if (!found) return missing
    return {
      object,
      found: true,
      row: rowOf(found, this.#life.world.engine.now),
      owners: this.#ownersOf(found),
      containers: kind.kind === 'Pod' ? containersOf(found) : [],
      conditions: conditionsOf(found),
      lines: [...replicaLines(found), ...containerLines(found)],
      events: this.#events.of(`${kind.kind.toLowerCase()}/${name}`, 8),
    }
  }
}

const containersOf = ({ spec }: AnyObject): string[] =>
  [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].map((each: AnyObject) => String(each.name))

/** Conditions whose False is what one wants. */
const bad = /Pressure$|Unavailable$|Failure$|^Failed$/

function conditionsOf(object: AnyObject): ObjectDetails['conditions'] {
  const conditions: { type: string; status: string; reason?: string; message?: string }[] =
    object.status?.conditions ?? []
  return conditions.map(({ type, status, reason = '', message = '' }) => {
    const good = bad.test(type) ? 'False' : 'True'
    const tone: Tone = status === good ? 'good' : status === 'Unknown' ? 'wait' : 'bad'
    return { type, status, reason, message, tone }
  })
}

function replicaLines(object: AnyObject): string[] {
  const { spec, status } = object
  if (typeof spec?.replicas !== 'number') return []
  const counts = ['replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas', 'unavailableReplicas']
  const observed = counts
    .filter(each => typeof status?.[each] === 'number')
    .map(each => `${each}: ${status[each]}`)
    .join(', ')
  return [`spec.replicas: ${spec.replicas}`, ...(observed ? [`status: ${observed}`] : [])]
}

function containerLines(object: AnyObject): string[] {
  const statuses: AnyObject[] = [
    ...(object.status?.initContainerStatuses ?? []),
    ...(object.status?.containerStatuses ?? []),
  ]
  return statuses.flatMap(container => {
    const say = (state: ContainerState = {}): string => {
      const [name] = Object.keys(state) as (keyof ContainerState)[]
      if (!name) return ''
      const { reason, exitCode, message }: Partial<ContainerStateTerminated> = state[name]!
      return [name, reason, exitCode !== undefined && `exit code ${exitCode}`, message]
        .filter(Boolean)
        .join(', ')
    }
    const last = say(container.lastState)
    return [
      `${container.name}: ${say(container.state)}${container.restartCount ? `, restarts ${container.restartCount}` : ''}`,
      ...(last ? [`  before: ${last}`] : []),
    ]
  })
}
