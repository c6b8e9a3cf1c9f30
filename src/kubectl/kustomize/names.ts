// Names and namespaces: prefix and suffix, the namespace transformer, and the references that follow when a name has
// changed (kustomize api/filters/{namespace,nameref,prefix,suffix}).
import { CommandError } from '../errors.ts'
import { isObject, listOf } from '../print/values.ts'
import { eachField, fieldSpecs, nameReferences } from './field-specs.ts'
import {
  allIds,
  idOf,
  idText,
  isClusterScoped,
  namespaceOf,
  type Res,
  rememberId,
  sameId,
} from './resource.ts'

const unnamed = new Set(['CustomResourceDefinition', 'APIService', 'Namespace'])

export function affix(list: readonly Res[], prefix: string, suffix: string): void {
  if (!prefix && !suffix) return
  for (const res of list) {
    if (unnamed.has(res.object.kind)) continue
    rememberId(res)
    if (prefix) res.prefixes.push(prefix)
    if (suffix) res.suffixes.push(suffix)
    res.object.metadata.name = `${prefix}${res.object.metadata.name}${suffix}`
  }
}

const namespaceFields = fieldSpecs(`
  spec/service/namespace! APIService.apiregistration.k8s.io
  spec/conversion/webhook/clientConfig/service/namespace CustomResourceDefinition`)
const subjectFields = fieldSpecs('subjects RoleBinding,ClusterRoleBinding')

export function setNamespace(list: readonly Res[], namespace: string): void {
  if (!namespace) return
  for (const res of list) {
    rememberId(res)
    const { object } = res
    if (object.kind === 'Namespace') object.metadata.name = namespace
    else if (!isClusterScoped(idOf(res))) object.metadata.namespace = namespace
    eachField(res, namespaceFields, (parent, key) => {
      parent[key] = namespace
    })
    eachField(res, subjectFields, (parent, key) => {
      for (const subject of listOf(parent, key))
        if (subject.kind === 'ServiceAccount' && subject.name === 'default') subject.namespace = namespace
    })
  }
  for (const [i, res] of list.entries()) {
    const id = idOf(res)
    const same = list.filter(other => sameId(idOf(other), id))
    if (same.length > 1 && same[0] === list[i])
      throw new CommandError(
        `namespace transformation produces ID conflict: [${same.map(r => idText(idOf(r))).join(' ')}]`,
      )
  }
}

/** Every field that names an object of the build by one of its earlier names gets the present one. */
export function fixReferences(list: readonly Res[]): void {
  const renamed = new Map<string, Res[]>()
  for (const res of list)
    for (const name of new Set(allIds(res).map(id => id.name))) {
      const key = `${res.object.kind}/${name}`
      renamed.set(key, [...(renamed.get(key) ?? []), res])
    }
  for (const res of list)
    for (const [kinds, specs] of nameReferences)
      eachField(res, specs, (parent, key) => {
        for (const kind of kinds.split(',')) {
          if (kinds.includes(',') && parent.kind && parent.kind !== kind) continue
          if (key === 'name' && parent.apiGroup && parent.kind && parent.kind !== kind) continue
          const find = (name: unknown, namespace?: string) =>
            chosen(res, renamed.get(`${kind}/${name}`) ?? [], namespace)
          parent[key] = replaced(parent[key], kind, find)
        }
      })
}

type Find = (name: unknown, namespace?: string) => Res | undefined

function replaced(value: unknown, kind: string, find: Find): unknown {
  if (Array.isArray(value)) return value.map(item => replaced(item, kind, find))
  if (!isObject(value)) return find(value)?.object.metadata.name ?? value
  if (value.kind !== undefined && value.kind !== kind) return value
  const found = find(value.name, typeof value.namespace === 'string' ? value.namespace : undefined)
  if (!found) return value
  const { name, namespace } = found.object.metadata
  return { ...value, name, ...(namespace && { namespace }) }
}

/** Which of several that once had that name is meant: one of the same namespace, and of the same overlay. */
function chosen(referrer: Res, candidates: readonly Res[], namespace?: string): Res | undefined {
  const own = idOf(referrer)
  let left = candidates.filter(res => {
    const id = idOf(res)
    if (namespace !== undefined)
      return allIds(res).some(i => i.namespace === namespace || namespaceOf(i) === namespace)
    return isClusterScoped(id) || isClusterScoped(own) || namespaceOf(id) === namespaceOf(own)
  })
  if (left.length > 1)
    left = left.filter(
      res => `${res.prefixes}` === `${referrer.prefixes}` && `${res.suffixes}` === `${referrer.suffixes}`,
    )
  if (new Set(left.map(res => res.object.metadata.name)).size > 1)
    throw new CommandError(`found multiple possible referrals: ${left.map(r => idText(idOf(r))).join('\n')}`)
  return left[0]
}
