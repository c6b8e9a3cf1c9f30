// Why a pod is not made: what admission says of it, whether a controller or the reader asked for it.
import { addQuantities, parseQuantity } from '../../kinds/machinery/quantity.ts'
import { isKind, type KubeObject } from '../../kinds/object.ts'
import type { Container, ResourceQuota } from '../../kinds/schema/types.ts'
import { podSpecOf } from '../checks.ts'
import { inNamespace } from './facts.ts'
import type { Found, Question } from './symptom.ts'
import type { View } from './view.ts'

/** What was to be made: the object whose template it is (or itself), and what the server said of it. */
export interface Refused {
  readonly message: string
  readonly object: KubeObject
  /** Where the pod's spec stands in it: `spec.template.spec`. */
  readonly path: string
}

interface Creation {
  readonly number: number
  ask(refused: Refused, view: View): Found | undefined
}

const containersIn = (object: KubeObject): readonly Container[] => podSpecOf(object)?.containers ?? []

const creations: readonly Creation[] = [
  {
    number: 14,
    ask({ message, object }) {
      const found = /exceeded quota: (.+?), requested: (.+?), used: (.+?), limited: (.+)$/.exec(message)
      if (!found) return undefined
      const [, quota = '', requested = '', used = '', limited = ''] = found
      const ns = inNamespace(object.metadata.namespace)
      return {
        values: { quota, requested, used, limited },
        shown: `kubectl describe quota ${quota}${ns}`,
        ...cureOfRollout(object),
        field: { object, path: 'spec.replicas' },
      }
    },
  },
  {
    number: 15,
    ask({ message, object, path }) {
      const found = /failed quota: (.+?): must specify (.+)$/.exec(message)
      if (!found) return undefined
      const [, quota = '', rest = ''] = found
      const parts = rest.split(/; ?/)
      const [, container = ''] = /for: ([^\s;,]+)/.exec(rest) ?? []
      const index = containersIn(object).findIndex(each => each.name === container)
      return {
        values: { quota, fields: parts.flatMap(each => each.replace(/ for: .*/, '').split(',')), container },
        shown: `kubectl describe quota ${quota}${inNamespace(object.metadata.namespace)}`,
        field: { object, path: `${path}.containers[${Math.max(0, index)}]` },
      }
    },
  },
  {
    number: 16,
    ask({ message, object, path }) {
      const found =
        /(maximum|minimum) (.+?) usage per Container is (.+?), but (limit|request) is ([^\s,\]]+)/.exec(
          message,
        )
      if (!found) return undefined
      const [, bound = '', resource = '', max = '', of = '', told = ''] = found
      // The message gives the number that was compared; the manifest has its own words.
      const list = of === 'limit' ? 'limits' : 'requests'
      const index = containersIn(object).findIndex(each => each.resources?.[list]?.[resource])
      const value = containersIn(object)[index]?.resources?.[list]?.[resource] ?? told.replace(/\.$/, '')
      return {
        text: bound === 'maximum' ? '16' : '16b',
        values: { resource, max, value },
        shown: `kubectl describe limitrange${inNamespace(object.metadata.namespace)}`,
        field: { object, path: `${path}.containers[${Math.max(0, index)}].resources.${list}[${resource}]` },
      }
    },
  },
  {
    number: 17,
    ask({ message, object, path }) {
      const sa = /serviceaccount "(.+?)" not found/.exec(message)?.[1]
      if (!sa) return undefined
      const { namespace = '' } = object.metadata
      return {
        values: { sa, ns: namespace },
        shown: `kubectl get sa${inNamespace(namespace)}`,
        cure: `kubectl create serviceaccount ${sa}${inNamespace(namespace)}`,
        field: { object, path: `${path}.serviceAccountName` },
        missing: `serviceaccount/${sa}`,
      }
    },
  },
  {
    number: 18,
    ask({ message, object, path }) {
      const found = /violates PodSecurity "(.+?)(?::.+?)?": (.+)$/.exec(message)
      if (!found) return undefined
      const [, level = '', rest = ''] = found
      const list = rest
        .replace(/\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '')
        .split(',')
        .map(each => each.trim())
      const ns = object.metadata.namespace ?? 'default'
      return {
        values: { level, list },
        shown: `kubectl get namespace ${ns} --show-labels`,
        field: { object, path },
      }
    },
  },
]

/** A rollout that finds no room for one more can let one go first. */
function cureOfRollout(object: KubeObject): { cure?: string } {
  if (!isKind(object, 'Deployment') || !object.status.readyReplicas) return {}
  const { name, namespace } = object.metadata
  const patch = '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1}}}}'
  return { cure: `kubectl patch deployment ${name}${inNamespace(namespace)} -p '${patch}'` }
}

/** What stood in the way, as the message says it, does not any more: whoever was refused has not tried again since. */
export function isOutOfTheWay(message: string, namespace: string, view: View): boolean {
  const [, full = '', requested = '', limited = ''] =
    /exceeded quota: (.+?), requested: (.+?), used: .+?, limited: (.+)$/.exec(message) ?? []
  const [, demanding = ''] = /failed quota: (.+?): must specify/.exec(message) ?? []
  const name = full || demanding
  if (name) {
    const quota = view.find('resourcequotas', namespace, name)
    return !quota || (full !== '' && hasRoom(quota, requested, limited))
  }
  const [, bound = '', resource = '', value = ''] =
    /(maximum|minimum) (.+?) usage per Container is (.+?), but/.exec(message) ?? []
  if (bound)
    return !view
      .list('limitranges', namespace)
      .flatMap(each => each.spec.limits)
      .some(each => String(each[bound === 'maximum' ? 'max' : 'min']?.[resource]) === value)
  const [, account] = /serviceaccount "(.+?)" not found/.exec(message) ?? []
  if (account) return view.find('serviceaccounts', namespace, account) !== undefined
  const [, level] = /violates PodSecurity "(.+?)(?::.+?)?"/.exec(message) ?? []
  const labels = view.find('namespaces', undefined, namespace)?.metadata.labels
  return level !== undefined && labels?.['pod-security.kubernetes.io/enforce'] !== level
}

/** Whether a quota has room for what was requested, in all that limited it: `pods=1,requests.cpu=200m`. */
function hasRoom({ status }: ResourceQuota, requested: string, limited: string): boolean {
  const amounts = (text: string) => text.split(',').map(each => each.split('=') as [string, string])
  const more = new Map(amounts(requested))
  return amounts(limited).every(([resource]) => {
    const used = parseQuantity(status.used?.[resource] ?? '0')
    const wanted = addQuantities(used, parseQuantity(more.get(resource) ?? '0'))
    return wanted.nano <= parseQuantity(status.hard?.[resource] ?? '0').nano
  })
}

/** The questions about a creation, of a symptom that knows what was refused. */
export const creationQuestions = <S>(
  refused: (subject: S, view: View) => Refused | undefined,
): readonly Question<S>[] =>
  creations.map(({ number, ask }) => ({
    number,
    ask(subject, view) {
      const found = refused(subject, view)
      if (!found || isOutOfTheWay(found.message, found.object.metadata.namespace ?? '', view))
        return undefined
      return ask(found, view)
    },
  }))
