// What a kind does, found out by trying: a good object and damaged ones are sent to the API of a simulated cluster, and
// somebody waits for what becomes of the good one.
import type { ApiResponse } from '../../src/api/types.ts'
import { type Cluster, createCluster } from '../../src/cluster/cluster.ts'
import { apiVersionOf, type Kind } from '../../src/kinds/kind.ts'
import type { AnyObject } from '../../src/kinds/object.ts'
import type { Sample } from './samples.ts'

export interface Behaviour {
  /** Fields that the kind does not have are refused under strict validation. */
  readonly strict: boolean
  /** What was left out comes back with values. */
  readonly defaults: boolean
  /** Of so many damages to single fields, how many were refused. */
  readonly damages: { readonly refused: number; readonly of: number }
  /** A change that a create would have taken was refused. */
  readonly immutable: boolean
  /** A table shows more than name and age. */
  readonly columns: boolean
  /** Within a minute somebody wrote to the object, or other objects came or went for it. */
  readonly acts: boolean
}

/** Virtual ms in which controllers can do something: a CronJob's next minute lies in it. */
const patience = 61_000

/** undefined where the kind cannot be created. */
export function behaviourOf(kind: Kind, sample: Sample | undefined): Behaviour | undefined {
  if (!kind.verbs.includes('create') || !kind.verbs.includes('get') || !sample) return undefined
  const cluster = createCluster({ seed: 1 })
  const body = { ...sample, apiVersion: apiVersionOf(kind), kind: kind.kind }
  const made = send(cluster, kind, 'POST', body)
  if (made.code !== 201) throw new Error(`the sample of ${kind.kind} is refused: ${made.body.message}`)
  const { metadata: _, status: __, ...content } = made.body as AnyObject
  const { metadata: ___, status: ____, ...sent } = body as AnyObject
  const fresh = createCluster({ seed: 1 })
  const create = (damaged: object) => send(fresh, kind, 'POST', damaged, dry)
  const list = [...damages(body)]
  const refused = list.filter(damaged => create(damaged).code >= 400)
  return {
    strict: create({ ...body, nosuch: 1 }).code === 400,
    defaults: JSON.stringify(sorted(content)) !== JSON.stringify(sorted(sent)),
    damages: { refused: refused.length, of: list.length },
    immutable: isImmutable(fresh, cluster, kind, made.body as AnyObject),
    columns: hasColumns(cluster, kind),
    acts: acts(kind, body),
  }
}

const dry = { dryRun: 'All', fieldValidation: 'Strict' }

function send(
  cluster: Cluster,
  kind: Kind,
  method: 'POST' | 'PUT' | 'GET',
  body?: object,
  query: Record<string, string> = {},
  name = '',
): ApiResponse & { body: AnyObject } {
  const root = kind.group ? `/apis/${kind.group}/${kind.version}` : `/api/${kind.version}`
  const path = `${root}${kind.namespaced ? '/namespaces/default' : ''}/${kind.plural}${name && `/${name}`}`
  return cluster.api.handle({ method, path, query, ...(body && { body }) }) as ApiResponse & {
    body: AnyObject
  }
}

/** Copies of the object, each with one field of its content damaged: the type stays, the sense goes. */
function* damages(object: AnyObject): Generator<AnyObject> {
  for (const path of leaves(object)) {
    const value = at(object, path)
    for (const bad of typeof value === 'string' ? ['Not Valid!', ''] : typeof value === 'number' ? [-1] : [])
      yield replaced(object, path, bad)
  }
}

const skipped = new Set(['apiVersion', 'kind', 'metadata', 'status'])

type Path = readonly (string | number)[]

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((within, step) => (within as Readonly<Record<string | number, unknown>>)[step], value)

function* leaves(value: unknown, path: Path = []): Generator<Path> {
  if (value === null || typeof value !== 'object') return yield path
  for (const [name, field] of Object.entries(value))
    if (path.length || !skipped.has(name))
      yield* leaves(field, [...path, Array.isArray(value) ? Number(name) : name])
}

/** A copy with something else at a path. */
function replaced<T>(value: T, path: Path, bad: unknown): T {
  const copy = structuredClone(value)
  const parent = at(copy, path.slice(0, -1)) as Record<string | number, unknown>
  parent[path.at(-1)!] = bad
  return copy
}

/** A field is changed alone, and with all that say the same (a selector and the labels that it selects). */
function isImmutable(fresh: Cluster, cluster: Cluster, kind: Kind, stored: AnyObject): boolean {
  if (!kind.verbs.includes('update')) return false
  const { name, namespace, labels, annotations } = stored.metadata
  const metadata = { name, namespace, labels, annotations }
  for (const path of leaves(stored)) {
    const value = at(stored, path)
    const other = otherThan(value)
    if (other === value) continue
    for (const changed of [
      replaced(stored, path, other),
      replacedEverywhere(stored, value, other) as AnyObject,
    ]) {
      const { status: _, ...bare } = changed
      if (send(fresh, kind, 'POST', { ...bare, metadata }, dry).code !== 201) continue
      if (send(cluster, kind, 'PUT', { ...changed, metadata: stored.metadata }, dry, name).code === 422)
        return true
    }
  }
  return false
}

function otherThan(value: unknown): unknown {
  if (typeof value === 'string') return `${value}x`
  if (typeof value === 'number') return value + 1
  return typeof value === 'boolean' ? !value : value
}

function replacedEverywhere(value: unknown, from: unknown, to: unknown): unknown {
  if (value === from) return to
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(item => replacedEverywhere(item, from, to))
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, replacedEverywhere(field, from, to)]),
  )
}

function hasColumns(cluster: Cluster, kind: Kind): boolean {
  const root = kind.group ? `/apis/${kind.group}/${kind.version}` : `/api/${kind.version}`
  const path = `${root}/${kind.plural}`
  const { body } = cluster.api.handle({ method: 'GET', path, accept: 'table' } as never) as {
    body: AnyObject
  }
  const names: string[] = (body.columnDefinitions ?? []).map((column: AnyObject) => String(column.name))
  return names.some(name => !['Name', 'Created At', 'Age'].includes(name))
}

/** A cluster with the object beside one without it: what differs after a while, but for the object as it was made. */
function acts(kind: Kind, body: AnyObject): boolean {
  const [quiet, busy] = [createCluster({ seed: 1 }), createCluster({ seed: 1 })]
  const made = send(busy, kind, 'POST', body).body
  quiet.engine.advance(patience)
  busy.engine.advance(patience)
  const now = send(busy, kind, 'GET', undefined, {}, made.metadata.name)
  if (now.code !== 200 || now.body.metadata.resourceVersion !== made.metadata.resourceVersion) return true
  const self = `${kind.plural} ${made.metadata.name}`
  const others = inventory(busy).filter(name => name !== self)
  return JSON.stringify(others) !== JSON.stringify(inventory(quiet).filter(name => name !== self))
}

/** The names of everything but events. */
function inventory(cluster: Cluster): string[] {
  const client = cluster.client('readme')
  return inventoried.flatMap(resource =>
    client
      .resource(resource)
      .list()
      .map(({ metadata }) => `${resource.split('.')[0]} ${metadata.name}`),
  )
}

/** What controllers make and remove. */
const inventoried = [
  'pods',
  'configmaps',
  'secrets',
  'serviceaccounts',
  'endpoints',
  'endpointslices.discovery.k8s.io',
  'replicasets.apps',
  'controllerrevisions.apps',
  'jobs.batch',
  'persistentvolumes',
  'persistentvolumeclaims',
  'ipaddresses.networking.k8s.io',
]

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => [name, sorted(field)]),
  )
}
