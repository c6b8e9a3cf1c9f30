// Looks at the API from outside: nothing in the world comes to know of it, and what is returned is the caller's own.
import type { Cluster } from '../cluster/cluster.ts'
import { parseTime } from '../engine/engine.ts'
import { findByWord } from '../kinds/index.ts'
import type { AnyObject } from '../kinds/object.ts'
import type { CustomResourceDefinition } from '../kinds/schema/types.ts'
import { WorldError } from './error.ts'
import type { ClusterEvent, Where } from './types.ts'

interface Resource {
  /** `/apis/apps/v1` */
  readonly root: string
  readonly plural: string
  readonly namespaced: boolean
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value))

function look(cluster: Cluster, path: string, query: Record<string, string> = {}) {
  const answer = cluster.api.handle({ method: 'GET', path, query, looks: true })
  if (answer.code >= 300 && answer.code !== 404) throw new WorldError(answer.body.message)
  return answer
}

/** As kubectl finds it: first what every cluster serves, then what definitions of this one add. */
function find(cluster: Cluster, word: string): Resource {
  const served = findByWord(word)
  if (served) {
    const { group, version, plural, namespaced } = served.resource
    return { root: group ? `/apis/${group}/${version}` : `/api/${version}`, plural, namespaced }
  }
  const asked = word.toLowerCase()
  const definitions = look(cluster, '/apis/apiextensions.k8s.io/v1/customresourcedefinitions').body
  for (const { spec } of definitions.items as CustomResourceDefinition[]) {
    const { group, names, scope, versions } = spec
    const words = [names.plural, names.singular, ...(names.shortNames ?? [])]
    if (!words.some(each => each && (asked === each || asked === `${each}.${group}`))) continue
    const version = versions.find(each => each.served)
    if (!version) continue
    return {
      root: `/apis/${group}/${version.name}`,
      plural: names.plural,
      namespaced: scope === 'Namespaced',
    }
  }
  throw new WorldError(`The server has no resource type ${JSON.stringify(word)}`)
}

export function list(cluster: Cluster, word: string, where: Where = {}): AnyObject[] {
  const { root, plural, namespaced } = find(cluster, word)
  const { namespace = 'default', allNamespaces = false, labels, fields } = where
  const within = namespaced && !allNamespaces ? `/namespaces/${namespace}` : ''
  const { code, body } = look(cluster, `${root}${within}/${plural}`, {
    ...(labels !== undefined && { labelSelector: labels }),
    ...(fields !== undefined && { fieldSelector: fields }),
  })
  if (code === 404) return []
  // The items of a list bear no kind of their own.
  const kind = body.kind.replace(/List$/, '')
  return copy(body.items as AnyObject[]).map(each => ({ ...each, apiVersion: body.apiVersion, kind }))
}

export function get(cluster: Cluster, name: string, namespace = 'default'): AnyObject | undefined {
  const [word = '', own, ...more] = name.split('/')
  if (!own || more.length) throw new WorldError(`An object is named deploy/web, not ${JSON.stringify(name)}`)
  const { root, plural, namespaced } = find(cluster, word)
  const within = namespaced ? `/namespaces/${namespace}` : ''
  const { code, body } = look(cluster, `${root}${within}/${plural}/${own}`)
  return code === 404 ? undefined : copy(body)
}

export function events(cluster: Cluster, where: Where): ClusterEvent[] {
  const all = list(cluster, 'events', where).map((each): ClusterEvent => {
    const { involvedObject, series, metadata } = each
    const first = each.firstTimestamp ?? each.eventTime ?? metadata.creationTimestamp
    return {
      type: each.type,
      reason: each.reason,
      object: `${involvedObject.kind}/${involvedObject.name}`,
      message: each.message ?? '',
      count: series?.count ?? each.count ?? 1,
      first: parseTime(first),
      last: parseTime(series?.lastObservedTime ?? each.lastTimestamp ?? first),
    }
  })
  return all.sort((a, b) => a.last - b.last || a.first - b.first)
}
