// Who owns a line of an object: from metadata.managedFields, as plain words. Fields that nobody owns, or that an apply has
// not sent, come from the API server's defaults.
import type { KubeObject, ManagedFieldsEntry } from '../../kinds/object.ts'
import type { Path } from './lines.ts'

export type Owner = 'you' | 'controller' | 'node' | 'default'

/** Who a field manager is. */
export function ownerOf(manager: string): Owner {
  if (manager === 'kubelet') return 'node'
  if (/^kube-(?:controller-manager|scheduler|apiserver)$|controller|^cloud-|^coredns$/.test(manager))
    return 'controller'
  return 'you'
}

interface Fields {
  readonly [step: string]: Fields
}
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/** The step that a field set takes to a place: a field's name, or what tells an item from the others of its list. */
function stepOf(fields: Fields, key: string | number, value: unknown): string | undefined {
  if (typeof key === 'string') return `f:${key}` in fields ? `f:${key}` : undefined
  return Object.keys(fields).find(step => {
    if (step.startsWith('v:')) return step.slice(2) === JSON.stringify(value)
    if (step.startsWith('i:')) return step.slice(2) === String(key)
    if (!step.startsWith('k:') || typeof value !== 'object' || value === null) return false
    const wanted = Object.entries(JSON.parse(step.slice(2)))
    return wanted.every(([name, each]) => (value as Record<string, unknown>)[name] === each)
  })
}

/** Whether a field set holds a place of an object. */
export function holds(fields: Fields, object: unknown, path: Path): boolean {
  let at: Fields = fields
  let value = object
  for (const key of path) {
    value = (value as Record<string | number, unknown> | undefined)?.[key]
    const step = stepOf(at, key, value)
    if (step === undefined) return false
    at = at[step] ?? {}
    // A set that ends here owns all below it.
    if (Object.keys(at).length === 0) return true
  }
  return '.' in at
}

/** What the last apply sent says nothing of this place. */
function isUnsent(object: KubeObject, path: Path): boolean {
  const text = object.metadata.annotations?.[lastApplied]
  if (text === undefined || path[0] !== 'spec') return false
  let value: unknown = JSON.parse(text)
  let real: unknown = object
  for (const key of path) {
    real = Object(real)[key]
    const { name } = Object(real)
    value =
      Array.isArray(value) && name !== undefined
        ? value.find(each => each?.name === name)
        : Object(value)[key]
    if (value === undefined) return true
  }
  return false
}

/** Who owns a line; undefined for what the server itself notes, as uid and creationTimestamp. */
export function ownerOfLine(object: KubeObject, path: Path): Owner | undefined {
  const entries: readonly ManagedFieldsEntry[] = object.metadata.managedFields ?? []
  const found = entries.filter(each => each.fieldsV1 && holds(each.fieldsV1 as Fields, object, path))
  const owners = found.map(each => ownerOf(each.manager))
  const owner = owners.find(each => each !== 'you') ?? owners[0]
  if (!owner) return path[0] === 'spec' ? 'default' : undefined
  const isApplied = found.every(each => each.manager === 'kubectl-client-side-apply')
  return owner === 'you' && isApplied && isUnsent(object, path) ? 'default' : owner
}
